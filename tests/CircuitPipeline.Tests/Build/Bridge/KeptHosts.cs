using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>Built hosts pile up; all but the newest go, unless they are running.</summary>
public sealed class KeptHosts : IDisposable
{
    private readonly string _hosts = Directory.CreateTempSubdirectory("hosts-").FullName;

    public void Dispose() => Directory.Delete(_hosts, recursive: true);

    [Fact]
    public void The_oldest_go_but_for_a_running_one()
    {
        string[] folders =
        [
            .. "abcd".Select(name => Directory.CreateDirectory(Path.Combine(_hosts, $"{name}")).FullName),
        ];
        using HostFolder running = new(folders[0]);
        for (int i = 0; i < folders.Length; i++)
        {
            Directory.SetLastAccessTimeUtc(folders[i], DateTime.UnixEpoch.AddDays(i));
        }

        HostFolder.DeleteOld(_hosts, keep: 2);

        Assert.Equal(["a", "c", "d"], Directory.GetDirectories(_hosts).Select(Path.GetFileName).Order());
    }
}
