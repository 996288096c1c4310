using System.Xml.Linq;

namespace CircuitPipeline.BuildHost;

/// <summary>What one test project reported, read from its TRX file.</summary>
public sealed record TestResults(TestTotals Totals, string[] SkippedNames)
{
    /// <summary>Counts results one by one: the file's own counters leave skipped tests out.</summary>
    public static TestResults Read(string trx)
    {
        if (!File.Exists(trx))
        {
            return new(new(0, 0, 0), []);
        }

        XElement[] results =
        [
            .. XDocument.Load(trx).Descendants().Where(element => element.Name.LocalName == "UnitTestResult"),
        ];
        XElement[] With(string outcome) =>
            [.. results.Where(result => (string?)result.Attribute("outcome") == outcome)];
        XElement[] passed = With("Passed");
        XElement[] skipped = With("NotExecuted");
        return new(
            new(passed.Length, results.Length - passed.Length - skipped.Length, skipped.Length),
            [.. skipped.Select(result => (string?)result.Attribute("testName") ?? "")]
        );
    }
}
