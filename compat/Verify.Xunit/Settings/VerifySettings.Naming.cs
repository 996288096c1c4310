using System.Diagnostics.CodeAnalysis;

namespace VerifyTests;

public partial class VerifySettings
{
    private object?[]? parameters;

    public string? Directory { get; private set; }

    public bool HasParameters => parameters is not null;

    internal string? FileName { get; private set; }

    internal string? TypeName { get; private set; }

    internal string? MethodName { get; private set; }

    internal string? ParametersText { get; private set; }

    internal bool UniquePrefixDisabled { get; private set; }

    public bool TryGetParameters([NotNullWhen(true)] out object?[]? parameters) =>
        (parameters = this.parameters) is not null;

    /// <summary>The arguments of a theory, in the order of the method's parameters; they become part of the file's name.</summary>
    public void UseParameters(params object?[] parameters)
    {
        if (parameters.Length == 0)
        {
            throw new ArgumentException("At least one parameter is expected.", nameof(parameters));
        }

        if (ParametersText is not null)
        {
            throw Incompatible(nameof(UseParameters), nameof(UseTextForParameters));
        }

        if (FileName is not null)
        {
            throw Incompatible(nameof(UseParameters), nameof(UseFileName));
        }

        this.parameters = parameters;
    }

    public void UseParameters<T>(T parameter) => UseParameters(new object?[] { parameter });

    /// <summary>One argument that is itself an array.</summary>
    public void UseParameters<T>(T[] parameters) => UseParameters(new object?[] { parameters });

    /// <summary>A text in place of the parameters.</summary>
    public void UseTextForParameters(string parametersText)
    {
        Names.MustBeExtension(parametersText);
        ParametersText = parameters is null
            ? parametersText
            : throw Incompatible(nameof(UseTextForParameters), nameof(UseParameters));
    }

    /// <summary>A folder, absolute or from the test's folder on.</summary>
    public void UseDirectory(string directory)
    {
        Names.MustBeFolder(directory);
        Directory = directory;
    }

    /// <summary>A name in place of the test class's.</summary>
    public void UseTypeName(string name)
    {
        Names.MustBeFile(name);
        TypeName = FileName is null ? name : throw Incompatible(nameof(UseTypeName), nameof(UseFileName));
    }

    /// <summary>A name in place of the test method's.</summary>
    public void UseMethodName(string name)
    {
        Names.MustBeFile(name);
        MethodName = FileName is null ? name : throw Incompatible(nameof(UseMethodName), nameof(UseFileName));
    }

    /// <summary>A name in place of class, method and parameters.</summary>
    public void UseFileName(string fileName)
    {
        Names.MustBeFile(fileName);
        FileName =
            MethodName is null && TypeName is null
                ? fileName
                : throw Incompatible(nameof(UseFileName), $"{nameof(UseMethodName)} or {nameof(UseTypeName)}");
    }

    /// <summary>Allows two calls to share one snapshot.</summary>
    public void DisableRequireUniquePrefix() => UniquePrefixDisabled = true;

    private void CopyNaming(VerifySettings settings)
    {
        parameters = settings.parameters;
        (Directory, FileName, TypeName) = (settings.Directory, settings.FileName, settings.TypeName);
        (MethodName, ParametersText) = (settings.MethodName, settings.ParametersText);
        UniquePrefixDisabled = settings.UniquePrefixDisabled;
    }

    private static InvalidOperationException Incompatible(string called, string other) =>
        new($"{called} is not compatible with {other}.");
}
