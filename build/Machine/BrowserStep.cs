namespace CircuitPipeline.BuildHost;

/// <summary>Sees to it that the tests can open the report in a browser; without one they are skipped, visibly.</summary>
public sealed class BrowserStep(IMachine machine, string log, Action<string> say)
{
    private const string Browser = "chromium";

    public void Run()
    {
        if (machine.HasProgram(Browser))
        {
            return;
        }

        AptPackages apt = new(machine, log, say);
        // A page without any font is measured and drawn differently.
        if (!apt.MayInstall || !apt.Install(Browser, "fonts-dejavu-core"))
        {
            say(
                $"Going on without '{Browser}', so the report's browser test is skipped; run '{AptPackages.CommandFor(Browser)}' to have it."
            );
        }
    }
}
