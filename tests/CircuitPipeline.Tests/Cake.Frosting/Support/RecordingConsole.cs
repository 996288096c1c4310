using System.Globalization;
using Cake.Core;

namespace CircuitPipeline.Tests.Frosting.Support;

/// <summary>Keeps what the engine prints, without colours.</summary>
internal sealed class RecordingConsole : IConsole
{
    public StringWriter Out { get; } = new() { NewLine = "\n" };

    public StringWriter Error { get; } = new() { NewLine = "\n" };

    public ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => Out.Write(Text(format, arg));

    public void Write(string value) => Out.Write(value);

    public void WriteLine(string format, params object[] arg) => Out.WriteLine(Text(format, arg));

    public void WriteLine(string value) => Out.WriteLine(value);

    public void WriteError(string format, params object[] arg) => Error.Write(Text(format, arg));

    public void WriteError(string value) => Error.Write(value);

    public void WriteErrorLine(string format, params object[] arg) => Error.WriteLine(Text(format, arg));

    public void WriteErrorLine(string value) => Error.WriteLine(value);

    public void ResetColor() { }

    private static string Text(string format, object[] arg) => string.Format(CultureInfo.InvariantCulture, format, arg);
}
