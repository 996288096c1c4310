// The bridge: chooses the package supply once, keeps the Frosting build (build/) built, and runs it with the process's own
// arguments; there are no tasks here. Cake's own options never reach Arguments(), hence the whole command line.
#load "build/bridge/*.cs"

int exitCode = Bridge.Run(Context.Environment.WorkingDirectory.FullPath, Environment.GetCommandLineArgs());
if (exitCode != 0)
{
    // The build has said what is wrong; Cake would add a sentence without content.
    Console.SetError(TextWriter.Null);
    throw new CakeException(exitCode);
}
