using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.StoreHost;

// dag ROOT STUDY ROUNDS   makes the items of that many rounds, one line each, and ends
// hold ROOT               takes the lock of the first item, says so, and keeps it until killed
ArtifactStore store = new(args[1], TimeProvider.System);
switch (args[0])
{
    case "dag":
        for (int round = 0; round < int.Parse(args[3]); round++)
        {
            foreach (string line in new SmallStudy(store, args[2], round).Run())
            {
                Console.WriteLine(line);
            }
        }

        return 0;
    case "hold":
        using (ItemWorkspace workspace = store.Begin(SmallStudy.FirstKey(round: 0), "held"))
        {
            File.WriteAllText(Path.Combine(workspace.Folder, "half.txt"), "not finished");
            Console.WriteLine("holding");
            Thread.Sleep(Timeout.Infinite);
        }
        return 0;
    default:
        return 2;
}
