using Cake.Core;

namespace CircuitPipeline.BuildHost;

/// <summary>Runs compiled test projects one after another and adds up their results.</summary>
public sealed class TestRun(IMachine machine, string resultsFolder, Action<string> say)
{
    private readonly List<string> _broken = [];

    public TestTotals Run(string[] projects, string? filter)
    {
        Directory.CreateDirectory(resultsFolder);
        TestTotals totals = new(0, 0, 0);
        List<string> skipped = [];
        foreach (string project in projects)
        {
            TestResults results = RunProject(project, filter);
            totals += results.Totals;
            skipped.AddRange(results.SkippedNames);
        }

        skipped.ForEach(name => say($"Skipped: {name}"));
        return totals;
    }

    /// <summary>Throws unless everything passed and there was something to pass.</summary>
    public void MustHavePassed(TestTotals totals)
    {
        if (_broken.Count > 0)
        {
            throw new CakeException(
                $"{string.Join(" and ", _broken)} ended before all tests had reported; its messages are above."
            );
        }

        if (totals.Failed > 0)
        {
            throw new CakeException($"{totals.Failed} of {totals.Passed + totals.Failed} tests failed.");
        }

        if (totals.Passed == 0)
        {
            throw new CakeException(
                "No test ran; check '--filter' and '--project', and know that '--target=Test' leaves out the slow tests, which '--target=TestAll' runs."
            );
        }
    }

    private TestResults RunProject(string project, string? filter)
    {
        string name = Paths.NameOf(project);
        string trx = Path.Combine(resultsFolder, $"{name}.trx");
        File.Delete(trx);
        string[] narrowed = filter is null ? [] : ["--filter", filter];
        int exitCode = machine.Run(
            "dotnet",
            [
                "test",
                Paths.ReleaseAssembly(project),
                "--logger",
                $"trx;LogFileName={trx}",
                "--logger",
                "console;verbosity=minimal",
                .. narrowed,
            ]
        );
        TestResults results = TestResults.Read(trx);
        if (exitCode != 0 && results.Totals.Failed == 0)
        {
            _broken.Add(name);
        }

        return results;
    }
}
