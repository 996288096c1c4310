using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.Scripting;

namespace Cake.Frosting.Internal;

/// <summary>Tells the engine about the build's tasks and lifetimes, then lets the host run, print or list them.</summary>
internal sealed class BuildRunner(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IFrostingSetup? setup = null,
    IFrostingTeardown? teardown = null,
    IFrostingTaskSetup? taskSetup = null,
    IFrostingTaskTeardown? taskTeardown = null
)
{
    public void Run(IScriptHost host, IEnumerable<string> targets, bool exclusive)
    {
        foreach (IFrostingTask task in tasks)
        {
            Register(new TaskDeclaration(task));
        }

        RegisterLifetimes();
        if (exclusive)
        {
            host.Settings.UseExclusiveTarget();
        }

        host.RunTargets(targets);
    }

    private void Register(TaskDeclaration task)
    {
        if (task.Accepts(context))
        {
            log.Debug("Registering task: {0}", task.Name);
            task.Declare(engine.RegisterTask(task.Name), context);
        }
        else
        {
            log.Warning("Task '{0}' is left out, since its context is '{1}'.", task.Name, task.ContextType.FullName);
        }
    }

    private void RegisterLifetimes()
    {
        if (setup is not null)
        {
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }

        if (teardown is not null)
        {
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }

        if (taskSetup is not null)
        {
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        }

        if (taskTeardown is not null)
        {
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
        }
    }
}
