using CircuitPipeline.Study;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>The study <c>small</c> of a test's folder.</summary>
internal static class SmallStudies
{
    /// <summary>Runs it to the report.</summary>
    /// <returns>What it printed.</returns>
    internal static string Run(TemporaryFolder folder, int jobs)
    {
        StringWriter output = new();
        StudySession
            .Open(
                new StudyOptions
                {
                    RootFolder = folder.Path,
                    Experiment = "small",
                    Jobs = jobs,
                    Output = output,
                }
            )
            .RunUpTo("Report");
        return output.ToString();
    }
}
