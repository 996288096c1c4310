using System.ComponentModel;
using System.Reflection;
using Xunit.Sdk;

namespace VerifyXunit;

/// <summary>Notes which test runs; Attributes.targets puts it on every test assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class UseVerifyAttribute : BeforeAfterTestAttribute
{
    private static readonly AsyncLocal<MethodInfo?> Running = new();

    public override void Before(MethodInfo info) => Running.Value = info;

    public override void After(MethodInfo info) => Running.Value = null;

    public static MethodInfo GetMethod() =>
        Running.Value
        ?? throw new InvalidOperationException(
            "Verify was called outside of a test, or the test assembly lacks the attribute [UseVerify] that the build adds."
        );
}
