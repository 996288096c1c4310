namespace CircuitPipeline.Testing;

/// <summary>The folder that holds the solution, found from where the tests run.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "CircuitPipeline.sln")))
            {
                return at.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above '{folder}' holds CircuitPipeline.sln.");
    }
}
