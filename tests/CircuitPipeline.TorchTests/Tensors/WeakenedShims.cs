using CircuitPipeline.Tensors.Loading;
using Xunit;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>The private copy for systems whose libstdc++ lacks one version.</summary>
public sealed class WeakenedShims : IDisposable
{
    private static readonly string Original = LibTorchFiles.Find(NativeFolders.OfThisProcess()).Shim;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void Differ_from_the_original_in_one_flag_and_leave_it_as_it_is()
    {
        byte[] before = File.ReadAllBytes(Original);

        byte[] copy = File.ReadAllBytes(WeakenedShim.CopyOf(Original, _folder.Path, "ask"));

        int place = Assert.Single(Enumerable.Range(0, before.Length), at => before[at] != copy[at]);
        Assert.Equal((0, 2), (before[place], copy[place]));
        Assert.Equal(before, File.ReadAllBytes(Original));
    }

    [LinuxFact]
    public void Are_made_once()
    {
        string path = WeakenedShim.CopyOf(Original, _folder.Path, "ask");
        DateTime made = File.GetLastWriteTimeUtc(path);

        Assert.Equal(path, WeakenedShim.CopyOf(Original, _folder.Path, "ask"));
        Assert.Equal(made, File.GetLastWriteTimeUtc(path));
    }

    [LinuxFact]
    public void Are_made_again_where_they_are_damaged()
    {
        string path = WeakenedShim.CopyOf(Original, _folder.Path, "ask");
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..1_000_000]);

        WeakenedShim.CopyOf(Original, _folder.Path, "ask");

        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [LinuxFact]
    public void Come_out_whole_when_several_make_them_at_once()
    {
        string[] paths = new string[8];

        Parallel.For(0, paths.Length, i => paths[i] = WeakenedShim.CopyOf(Original, _folder.Path, "ask"));

        string path = Assert.Single(paths.Distinct());
        Assert.Equal(WeakenedShim.Weaken(File.ReadAllBytes(Original)), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [LinuxFact]
    public void Are_refused_of_a_library_that_does_not_need_the_version()
    {
        string other = Path.Combine(Path.GetDirectoryName(LibTorchLoader.Load().LibTorch)!, "libc10.so");

        string message = Assert
            .Throws<LibTorchNotLoadedException>(() => WeakenedShim.CopyOf(other, _folder.Path, "ask"))
            .Message;

        Assert.StartsWith(
            $"'{other}' needs GLIBCXX_3.4.32 of libstdc++.so.6, which this system lacks, and cannot be adapted: its table of versions does not name GLIBCXX_3.4.32; ask.",
            message
        );
    }

    [LinuxFact]
    public void Are_told_where_they_cannot_be_kept()
    {
        string file = _folder.File("file");
        File.WriteAllText(file, "");

        string message = Assert
            .Throws<LibTorchNotLoadedException>(() => WeakenedShim.CopyOf(Original, file, "ask"))
            .Message;

        Assert.StartsWith(
            $"A copy of '{Original}' for this system's libstdc++.so.6 cannot be kept in '{file}' (",
            message
        );
        Assert.EndsWith("; name a folder that can be written to in XDG_CACHE_HOME.", message);
    }

    [Theory]
    [InlineData("/cache", "/home/me", "/cache/circuit-pipeline")]
    [InlineData("", "/home/me", "/home/me/.cache/circuit-pipeline")]
    [InlineData("relative", "/home/me", "/home/me/.cache/circuit-pipeline")]
    [InlineData("", "", null)]
    public void Are_kept_in_the_users_cache(string cache, string user, string? expected) =>
        Assert.Equal(expected, WeakenedShim.Cache(name => name == "XDG_CACHE_HOME" ? cache : null, user));

    [Fact]
    public void Are_refused_without_a_folder_of_the_user() =>
        Assert.EndsWith(
            "and there is no folder of the user for an adapted copy; name one in XDG_CACHE_HOME.",
            Assert.Throws<LibTorchNotLoadedException>(() => WeakenedShim.CopyOf(Original, null, "ask")).Message
        );

    /// <summary>Bytes of the headers and of the version table are changed; each file is weakened or refused, and nothing else.</summary>
    [LinuxFact]
    public void Are_weakened_or_refused_of_damaged_originals()
    {
        byte[] original = File.ReadAllBytes(Original);
        Random random = new(1);
        int place = new ElfFile(original, original.Length)
            .FlagsOfNeededVersion(WeakenedShim.Library, WeakenedShim.Version)!
            .Value;
        int refused = 0;
        for (int i = 0; i < 800; i++)
        {
            byte[] damaged =
            [
                .. original.AsSpan(0, random.Next(4) == 0 ? random.Next(original.Length) : original.Length),
            ];
            for (int change = random.Next(1, 6); change > 0 && damaged.Length > 0; change--)
            {
                int at = random.Next(2) == 0 ? random.Next(600) : place - 400 + random.Next(800);
                damaged[Math.Min(at, damaged.Length - 1)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            }
            try
            {
                Assert.Equal(damaged.Length, WeakenedShim.Weaken(damaged).Length);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 799);
    }
}
