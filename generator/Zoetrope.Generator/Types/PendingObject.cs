using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>An object that is named and not yet bound.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Key">Its key in the lock file.</param>
/// <param name="Role">Where it is used.</param>
/// <param name="Schema">What it holds.</param>
/// <param name="IsRoot">Whether it is the request or the result, so that the types inside are called after their properties alone.</param>
/// <param name="IsForm">Whether its members are sent one by one: a list is one of them several times.</param>
/// <param name="HasFiles">Whether its members can be files.</param>
/// <param name="Parent">The object that it was found in, where it has no name of its own.</param>
internal sealed record PendingObject(
    string Name, string Key, ObjectRole Role, Schema Schema, bool IsRoot, bool IsForm = false, bool HasFiles = false, PendingObject? Parent = null)
{
    /// <summary>Whether results have it although it is an input.</summary>
    public bool IsResultToo { get; init; }

    /// <summary>How many objects without a name are inside objects without a name here, from the outermost on.</summary>
    public NestedCount Nested { get; init; } = new();
}

/// <summary>A number that several objects share.</summary>
internal sealed class NestedCount
{
    public int Count { get; set; }
}
