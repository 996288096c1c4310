using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules by position; their names are their numbers. A parent's registration registers them.</summary>
    public class ModuleList<T> : nn.Module, IEnumerable<T>
        where T : nn.Module
    {
        private readonly List<T> members = [];
        private bool areMembersRegistered;

        public ModuleList(params T[] modules)
            : base("ModuleList") => members.AddRange(modules);

        public T this[int index] => members[index];

        public int Count => members.Count;

        public void Add(T item) => members.Add(item);

        public IEnumerator<T> GetEnumerator() => members.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
            if (areMembersRegistered)
                return;
            for (int i = 0; i < members.Count; i++)
                register_module($"{i}", members[i]);
            areMembersRegistered = true;
        }
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
