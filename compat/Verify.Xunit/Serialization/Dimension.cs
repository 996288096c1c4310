using System.Collections;

namespace VerifyTests.Serialization;

/// <summary>The items of an array of several dimensions along one of them: again dimensions, and values along the last.</summary>
internal sealed class Dimension(Array array, params int[] outer) : IEnumerable
{
    public IEnumerator GetEnumerator()
    {
        for (int at = array.GetLowerBound(outer.Length); at <= array.GetUpperBound(outer.Length); at++)
        {
            int[] indices = [.. outer, at];
            yield return indices.Length == array.Rank ? array.GetValue(indices) : new Dimension(array, indices);
        }
    }
}
