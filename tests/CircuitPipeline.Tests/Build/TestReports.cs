using Cake.Core;
using CircuitPipeline.BuildHost;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>The totals at the end of the test task.</summary>
public sealed class TestReports : IDisposable
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("trx-").FullName;
    private readonly List<string> _said = [];

    // Not made yet, as in a clean clone.
    private string ResultsFolder => Path.Combine(_temporary, "test-results");

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public void Results_of_all_projects_are_added_and_skipped_tests_named()
    {
        TestRun run = Run(
            new() { ["A.Tests"] = ["Passed", "Passed"], ["B.Tests"] = ["Passed", "NotExecuted"] },
            exitCode: 0
        );

        TestTotals totals = run.Run(["tests/A.Tests/A.Tests.csproj", "tests/B.Tests/B.Tests.csproj"], null);
        run.MustHavePassed(totals);

        Assert.Equal("3 passed, 0 failed, 1 skipped", totals.ToString());
        Assert.Equal(["Skipped: B.Tests.NotExecuted1"], _said);
    }

    [Fact]
    public void One_failed_test_fails_the_task()
    {
        TestRun run = Run(new() { ["A.Tests"] = ["Passed", "Failed"] }, exitCode: 1);

        TestTotals totals = run.Run(["tests/A.Tests/A.Tests.csproj"], null);

        Assert.Equal("1 of 2 tests failed.", Assert.Throws<CakeException>(() => run.MustHavePassed(totals)).Message);
    }

    [Fact]
    public void A_test_process_that_dies_fails_the_task_though_no_test_failed()
    {
        TestRun run = Run(new() { ["A.Tests"] = ["Passed"] }, exitCode: 1);

        TestTotals totals = run.Run(["tests/A.Tests/A.Tests.csproj"], null);

        Assert.Equal(
            "A.Tests ended before all tests had reported; its messages are above.",
            Assert.Throws<CakeException>(() => run.MustHavePassed(totals)).Message
        );
    }

    [Fact]
    public void A_filter_that_no_test_matches_fails_the_task()
    {
        TestRun run = Run(new() { ["A.Tests"] = [] }, exitCode: 0);

        TestTotals totals = run.Run(["tests/A.Tests/A.Tests.csproj"], "Nothing");

        Assert.Equal(
            "No test ran; check '--filter' and '--project', and know that '--target=Test' leaves out the slow tests, which '--target=TestAll' runs.",
            Assert.Throws<CakeException>(() => run.MustHavePassed(totals)).Message
        );
    }

    /// <summary>A runner that writes these outcomes as the results of each project.</summary>
    private TestRun Run(Dictionary<string, string[]> outcomes, int exitCode)
    {
        FakeMachine machine = new()
        {
            OnRun = (_, arguments) =>
            {
                string name = Path.GetFileNameWithoutExtension(arguments[1]);
                IEnumerable<string> results = outcomes[name]
                    .Select((outcome, i) => $"<UnitTestResult testName='{name}.{outcome}{i}' outcome='{outcome}' />");
                File.WriteAllText(
                    Path.Combine(ResultsFolder, $"{name}.trx"),
                    $"<TestRun xmlns='urn:x'>{string.Concat(results)}</TestRun>"
                );
                return exitCode;
            },
        };
        return new(machine, ResultsFolder, _said.Add);
    }
}
