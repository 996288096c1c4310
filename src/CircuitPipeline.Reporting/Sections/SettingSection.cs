using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>What was set, and why.</summary>
internal static class SettingSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Settings.Length == 0)
        {
            return;
        }

        page.Section(
            "setting",
            "The setting",
            () =>
                page.Table(
                    "The reasons stand beside the numbers in the study's file.",
                    ["What", "Value", "Why"],
                    results.Settings.Select(setting =>
                        (Cell[])[new(setting.Name, "strong"), setting.Value, setting.Why]
                    )
                )
        );
    }
}
