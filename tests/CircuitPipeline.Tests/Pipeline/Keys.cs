using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Store;
using Xunit;

namespace CircuitPipeline.Tests.PipelineStore;

public class Keys
{
    private static readonly string[] Fragments = ["", "a", "ab", "b", "a:b", "1", "\0", "=", "\n", "ä", "𝄞", "spec.a"];

    [Fact]
    public void Do_not_depend_on_the_order_of_components()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            KeyValuePair<string, string>[] components = [.. SomeComponents(random)];
            ItemKey before = ItemKey.Of("stage", "item", components);

            random.Shuffle(components);

            Assert.Equal(before.Digest, ItemKey.Of("stage", "item", components).Digest);
        }
    }

    [Fact]
    public void Do_not_depend_on_the_comparer_of_the_dictionary()
    {
        Comparer<string> reversed = Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a));
        ItemKey key = ItemKey.Of("stage", "item", SomeComponents(new Random(2)));

        ItemKey other = new(key.Stage, key.Item, key.Components.ToImmutableSortedDictionary(reversed));

        Assert.Equal(key.Digest, other.Digest);
        Assert.Equal(key, other);
    }

    [Fact]
    public void Have_one_digest_each()
    {
        Random random = new(3);
        Dictionary<Digest, ItemKey> seen = new();
        for (int trial = 0; trial < 5000; trial++)
        {
            ItemKey key = ItemKey.Of(Some(random), Some(random), SomeComponents(random));

            if (!seen.TryAdd(key.Digest, key))
            {
                Assert.Equal(seen[key.Digest], key);
            }
        }
        Assert.InRange(seen.Count, 2000, 5000);
    }

    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("a", "", "", "a")]
    [InlineData("a\0", "b", "a", "\0b")]
    [InlineData("1", "11", "11", "1")]
    public void Tell_apart_texts_that_only_join_alike(string stage, string item, string otherStage, string otherItem) =>
        Assert.NotEqual(ItemKey.Of(stage, item, []).Digest, ItemKey.Of(otherStage, otherItem, []).Digest);

    [Fact]
    public void Tell_a_component_from_an_item_of_its_name() =>
        Assert.NotEqual(
            ItemKey.Of("s", "i", [new("a", "b"), new("c", "d")]).Digest,
            ItemKey.Of("s", "i", [new("a", "b\u0001c"), new("d", "")]).Digest
        );

    // Computed outside: Python's hashlib over struct.pack('<q', length) before each text.
    [Fact]
    public void Never_change_while_the_format_is_the_same() =>
        Assert.Equal(
            "7a3c719feb3f5113f0d8046a307a8ee61e27d1cf35924e7d0603af2bc8edf625",
            ItemKey.Of("pretrain", "base", [new("spec.steps", "1000"), new("engine", "libtorch")]).Digest.ToString()
        );

    [Fact]
    public void Refuse_half_a_surrogate_pair()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ItemKey.Of("stage", "\ud83d", []).Digest);

        Assert.Contains("half a surrogate pair", error.Message);
    }

    private static Dictionary<string, string> SomeComponents(Random random)
    {
        Dictionary<string, string> components = new();
        for (int count = random.Next(4); count > 0; count--)
        {
            components[Some(random)] = Some(random);
        }

        return components;
    }

    private static string Some(Random random) =>
        Fragments[random.Next(Fragments.Length)] + Fragments[random.Next(Fragments.Length)];
}
