using System.Globalization;
using System.Text;
using EmptyFiles;
using VerifyTests.Engine;
using VerifyTests.Scrubbing;
using VerifyTests.Serialization;

namespace VerifyTests;

/// <summary>Turns what was passed to Verify into the text of its snapshot.</summary>
internal sealed class TextOfTarget(VerifySettings settings, Counter counter, Folders folders)
{
    private readonly Scrubbed _scrubbed = new(settings, counter, folders);

    public SnapshotText OfString(string? target)
    {
        // What a file cannot show is named.
        string? text = target?.TrimStart('\uFEFF');
        return new(
            text is null ? "null"
                : text.Length == 0 ? "emptyString"
                : _scrubbed.Text(text, "txt"),
            "txt"
        );
    }

    public SnapshotText OfString(string? target, string extension)
    {
        Names.MustBeExtension(extension);
        return FileExtensions.IsTextExtension(extension)
            ? new(_scrubbed.Text(target ?? "null", extension), extension)
            : throw new ArgumentException(
                $"'{extension}' is not known as the extension of a text; FileExtensions.AddTextExtension(\"{extension}\") makes it one.",
                nameof(extension)
            );
    }

    public SnapshotText OfObject(object? target) =>
        target switch
        {
            null or string => OfString((string?)target),
            StringBuilder text => OfString(text.ToString()),
            bool value => OfString(value.ToString()),
            Guid value => OfString(value.ToString()),
            _ when Values.IsNumber(target) => OfString(
                ((IFormattable)target).ToString(null, CultureInfo.InvariantCulture)
            ),
            // The original writes bytes and streams as files of their own.
            DateTime or DateTimeOffset or DateOnly or TimeOnly or byte[] or IEnumerable<Stream> => throw Refusals.Of(
                target.GetType()
            ),
            _ => Written(target),
        };

    public SnapshotText OfJson(string? target) =>
        target is null ? OfString(null) : Written(new LenientJson(target).Read());

    private SnapshotText Written(object? value) => new(new ObjectText(_scrubbed, counter).Of(value), "txt");
}
