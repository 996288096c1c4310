using Xunit;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>A test that needs a browser; shown as skipped, with how to install it, where there is none.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() =>
        Skip = Chromium.IsInstalled
            ? null
            : "There is no '/usr/bin/chromium'; run 'sudo apt-get install -y --no-install-recommends chromium'.";
}
