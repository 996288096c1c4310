using Cake.Core;
using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

/// <summary>Keeps what failed, because Frosting's exit code says only that something did.</summary>
public sealed class BuildLifetime : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info) { }

    public override void Teardown(BuildContext context, ITeardownContext info) =>
        context.Outcome.Failure = info.ThrownException;
}
