using System.Diagnostics.Contracts;

namespace VerifyTests;

public partial class SettingsTask
{
    [Pure]
    public SettingsTask UseParameters(params object?[] parameters) =>
        With(current => current.UseParameters(parameters));

    [Pure]
    public SettingsTask UseParameters<T>(T parameter) => With(current => current.UseParameters(parameter));

    [Pure]
    public SettingsTask UseParameters<T>(T[] parameters) => With(current => current.UseParameters(parameters));

    [Pure]
    public SettingsTask UseTextForParameters(string parametersText) =>
        With(current => current.UseTextForParameters(parametersText));

    [Pure]
    public SettingsTask UseDirectory(string directory) => With(current => current.UseDirectory(directory));

    [Pure]
    public SettingsTask UseTypeName(string name) => With(current => current.UseTypeName(name));

    [Pure]
    public SettingsTask UseMethodName(string name) => With(current => current.UseMethodName(name));

    [Pure]
    public SettingsTask UseFileName(string fileName) => With(current => current.UseFileName(fileName));

    [Pure]
    public SettingsTask DisableRequireUniquePrefix() => With(current => current.DisableRequireUniquePrefix());
}
