#nullable enable
using System.Xml;
using System.Xml.Linq;

/// <summary>supply.props: the remembered choice, ignored by git, read by Directory.Build.props and free to edit by hand.</summary>
internal sealed class SupplyFile(string path)
{
    /// <summary>The remembered supply, or null when nothing is remembered yet; incomplete in a file of an older checkout, whose other properties are passed over.</summary>
    public Supply? Read()
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        try
        {
            XElement properties = XDocument.Load(path).Root!.Element("PropertyGroup") ?? new XElement("PropertyGroup");
            return new Supply(
                Value(properties, "CakeFrostingSupply", Supply.Values),
                properties.Element("VerifySupply") is null ? "" : Value(properties, "VerifySupply", Supply.Values)
            )
            {
                Torch = properties.Element("TorchSupply") is null
                    ? TorchOption.Cpu
                    : Value(properties, "TorchSupply", TorchOption.Values),
            };
        }
        catch (XmlException exception)
        {
            throw new BridgeException(
                2,
                $"'{path}' is not XML ({exception.Message.TrimEnd('.')}); delete it and the next start writes it anew."
            );
        }
    }

    /// <summary>Writes the choice to a temporary name and renames it, so that no reader sees half of it.</summary>
    public void Write(Supply supply)
    {
        XElement document = new(
            "Project",
            new XComment(
                " Written by build.cake when it asked the package feed, or was given the option 'torch'; delete it to ask again. "
            ),
            new XElement(
                "PropertyGroup",
                supply.Properties.Select(property => new XElement(property.Name, property.Value))
            )
        );
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            System.IO.File.WriteAllText(temporary, document + "\n");
            System.IO.File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            System.IO.File.Delete(temporary);
            throw;
        }
    }

    private string Value(XElement properties, string name, string[] allowed)
    {
        string value = properties.Element(name)?.Value.Trim() ?? "";
        return allowed.Contains(value)
            ? value
            : throw new BridgeException(
                2,
                $"'{path}' says {name} is '{value}', but it must be one of '{string.Join("', '", allowed)}'; correct it or delete the file."
            );
    }
}
