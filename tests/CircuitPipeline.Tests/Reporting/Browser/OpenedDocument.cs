using System.Text.RegularExpressions;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>What became of a page in the browser.</summary>
/// <param name="Html">The document after its scripts ran.</param>
/// <param name="Log">The browser's log, which holds the console's lines.</param>
/// <param name="Requests">The addresses that the page asked the network for.</param>
internal sealed record OpenedDocument(string Html, string Log, string[] Requests)
{
    /// <summary>What the page's scripts say of themselves at the root element; empty when they say nothing.</summary>
    public string Says(string name) => Regex.Match(Html, $"<html[^>]* data-{name}=\"([^\"]*)\"").Groups[1].Value;
}
