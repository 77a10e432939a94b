using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Json;

namespace Zoetrope.Generator.Jobs;

/// <summary>The values of a response, by the steps of their pointers: what a reader does at each object on the way.</summary>
internal sealed class FieldTree
{
    /// <summary>What the value here says.</summary>
    public List<JobField> Fields { get; } = [];

    /// <summary>The values below, by the names of members or the numbers of items, in the order of the declaration.</summary>
    public List<(string Step, FieldTree Tree)> Children { get; } = [];

    /// <summary>Whether the values below are items of an array.</summary>
    public bool IsArray => Children.Count > 0 && Children.TrueForAll(child => child.Step == "*" || JsonPointer.IsIndex(child.Step));

    /// <summary>The tree of pointers.</summary>
    public static FieldTree Of(IEnumerable<FieldPointer> pointers)
    {
        var root = new FieldTree();
        foreach (var pointer in pointers)
        {
            var tree = root;
            foreach (var step in JsonPointer.Steps(pointer.Pointer))
                tree = tree.Child(step);
            if (!tree.Fields.Contains(pointer.Field))
                tree.Fields.Add(pointer.Field);
        }
        return root;
    }

    private FieldTree Child(string step)
    {
        var index = Children.FindIndex(child => child.Step == step);
        if (index >= 0)
            return Children[index].Tree;
        var tree = new FieldTree();
        Children.Add((step, tree));
        return tree;
    }
}
