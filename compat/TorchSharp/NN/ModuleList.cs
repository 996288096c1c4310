using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules by position; their names are their numbers.</summary>
    public class ModuleList<T> : nn.Module, IReadOnlyList<T>
        where T : nn.Module
    {
        private readonly List<T> members = [];

        public ModuleList(params T[] modules)
            : base("ModuleList")
        {
            foreach (T module in modules)
                Add(module);
        }

        public T this[int index] => members[index];

        public int Count => members.Count;

        public void Add(T item)
        {
            register_module($"{members.Count}", item);
            members.Add(item);
        }

        public IEnumerator<T> GetEnumerator() => members.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
