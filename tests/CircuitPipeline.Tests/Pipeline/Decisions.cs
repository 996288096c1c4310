using CircuitPipeline.Pipeline.Store;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

public class Decisions
{
    private static readonly string Old = Digest.OfText("old").ToString();
    private static readonly string New = Digest.OfText("new").ToString();

    [Fact]
    public void Start_with_nothing_stored()
    {
        using TemporaryStore store = new();

        Assert.Equal("nothing is stored for it yet", store.Reason(Key()));
    }

    [Fact]
    public void Find_what_was_made()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key(), ("model.txt", "weights"), ("logs/loss.csv", "1.5"));

        Decision.Cached cached = Assert.IsType<Decision.Cached>(store.Open().Decide(Key(), StudyName));

        Assert.Equal(made, cached.Record);
        Assert.Equal(["logs/loss.csv", "model.txt"], cached.Record.Outputs.Select(file => file.Name));
        Assert.Equal("weights", File.ReadAllText(store.Open().PathOf(cached.Record.Output("model.txt").Digest)));
    }

    [Theory]
    [InlineData("spec.discover.steps", "5", "10", "discover.steps changed 5 -> 10")]
    [InlineData("spec.note", "", "x", "note changed '' -> x")]
    [InlineData("stage.version", "1", "2", "the stage's version changed 1 -> 2")]
    [InlineData("engine", "libtorch-2.10", "libtorch-2.11", "engine changed libtorch-2.10 -> libtorch-2.11")]
    [InlineData("threads", "1", "2", "threads changed 1 -> 2")]
    [InlineData("device", "cpu", "cuda", "device changed cpu -> cuda")]
    [InlineData("code", "a", "b", "the code changed")]
    [InlineData("code.Training", "a", "b", "the code of Training changed")]
    public void Name_the_component_that_changed(string component, string before, string now, string reason)
    {
        using TemporaryStore store = new();
        store.Make(Key("base", (component, before), ("spec.same", "same")));

        Assert.Equal(reason, store.Reason(Key("base", (component, now), ("spec.same", "same"))));
    }

    [Fact]
    public void Name_the_input_that_changed_by_short_digests()
    {
        using TemporaryStore store = new();
        store.Make(Key("base", ("input.generate-data/corpus/corpus.jsonl", Old)));

        Assert.Equal(
            $"input generate-data/corpus/corpus.jsonl changed {Old[..12]}… -> {New[..12]}…",
            store.Reason(Key("base", ("input.generate-data/corpus/corpus.jsonl", New)))
        );
    }

    [Fact]
    public void Name_every_component_that_changed_came_or_went()
    {
        using TemporaryStore store = new();
        store.Make(Key("base", ("spec.steps", "5"), ("spec.clip", "1"), ("code.Models", Old)));

        Assert.Equal(
            "the code of Models was removed; the code of Training was added; clip was removed (it was 1); "
                + "seed was added (7); steps changed 5 -> 6",
            store.Reason(Key("base", ("spec.steps", "6"), ("spec.seed", "7"), ("code.Training", New)))
        );
    }

    [Fact]
    public void Compare_with_the_last_key_of_the_same_study()
    {
        using TemporaryStore store = new();
        store.Make(Key("base", ("spec.steps", "5")));
        store.Make(Key("base", ("spec.steps", "6")));

        Assert.Equal("steps changed 6 -> 7", store.Reason(Key("base", ("spec.steps", "7"))));
        Assert.Equal("nothing is stored for it yet", store.Reason(Key("other", ("spec.steps", "7"))));
        Assert.Equal("nothing is stored for it yet", store.Reason(Key("base", ("spec.steps", "7")), "another-study"));
    }

    [Fact]
    public void Compare_with_a_cached_key_once_it_is_remembered()
    {
        using TemporaryStore store = new();
        store.Make(Key("base", ("spec.steps", "5")));

        store.Open().Remember("another-study", Key("base", ("spec.steps", "5")));

        Assert.Equal("steps changed 5 -> 7", store.Reason(Key("base", ("spec.steps", "7")), "another-study"));
    }

    [Fact]
    public void Are_the_same_for_two_studies_with_the_same_key()
    {
        using TemporaryStore store = new();
        store.Make(Key());

        Assert.Null(store.Reason(Key(), "another-study"));
    }
}
