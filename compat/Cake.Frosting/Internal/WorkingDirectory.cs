using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>Where the build runs unless the command line says otherwise.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
