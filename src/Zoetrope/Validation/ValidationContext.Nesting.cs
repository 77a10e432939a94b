using System.ComponentModel;
using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;

namespace Zoetrope.Validation;

/// <content>What is inside a request: objects, unions, and where their problems are.</content>
public partial struct ValidationContext
{
    /// <summary>Validates an object inside this one.</summary>
    public void Nested<T>(T? value, string name)
        where T : class, IValidatable
    {
        if (value is null)
            return;
        var from = Enter();
        value.Validate(ref this);
        if ((_issues?.Count ?? 0) > _from)
            Prefix(_from, name);
        _from = from;
    }

    /// <summary>Validates a union inside this object.</summary>
    public void Union<T>(T? value, string name)
        where T : struct, IValidatable
    {
        if (value is not { } given)
            return;
        var from = Enter();
        given.Validate(ref this);
        if ((_issues?.Count ?? 0) > _from)
            Prefix(_from, name);
        _from = from;
    }

    /// <summary>Reports a union whose value is none of its alternatives.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expected">The alternatives in words.</param>
    /// <param name="nullable">Whether null is valid too.</param>
    /// <param name="objects">Whether any object is.</param>
    /// <param name="arrays">Whether any array is.</param>
    /// <param name="openWithout">The member without which any object is, because nothing tells which alternative it is; empty where there is none.</param>
    /// <param name="orNull">Whether that member being null is as good as being left out.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Alternative(
        JsonUnion value, string expected, bool nullable = false, bool objects = false, bool arrays = false, ReadOnlySpan<byte> openWithout = default, bool orNull = false)
    {
        if (!value.IsRaw && !value.IsPartial)
            return;
        var isValid = value.Raw.Kind switch
        {
            JsonValueKind.Null => nullable,
            JsonValueKind.Object => objects || (!openWithout.IsEmpty && !value.Has(openWithout, orNull)),
            JsonValueKind.Array => arrays,
            _ => false,
        };
        if (!isValid)
            Add("", ValidationRule.Type, expected, Clip(value.Raw));
    }

    /// <summary>Reports raw JSON that is no object.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Object(RawJson? value, string name, bool nullable = false)
    {
        if (value is { } given && given.Kind != JsonValueKind.Object && !(nullable && given.Kind == JsonValueKind.Null))
            Add(name, ValidationRule.Type, "an object", Clip(given));
    }

    /// <summary>Validates the objects of an array inside this one.</summary>
    public void Nested<T>(IReadOnlyList<T>? list, string name)
        where T : class, IValidatable
    {
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            var from = Enter();
            if (list![i] is { } item)
                item.Validate(ref this);
            else
                Add("", ValidationRule.Type, "an object", "null");
            if ((_issues?.Count ?? 0) > _from)
                Prefix(_from, $"{name}[{Text(i)}]");
            _from = from;
        }
    }

    /// <summary>Where the problems of an item begin; for <see cref="Within(int, string, int)"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly int Mark() => _issues?.Count ?? 0;

    /// <summary>Says that the problems since <paramref name="mark"/> are those of an item of an array.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly void Within(int mark, string name, int index)
    {
        if ((_issues?.Count ?? 0) > mark)
            Prefix(mark, $"{name}[{Text(index)}]");
    }

    /// <summary>Says that the problems since <paramref name="mark"/> are those of a member of a map.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly void Within(int mark, string name, string key)
    {
        if ((_issues?.Count ?? 0) > mark)
            Prefix(mark, name.Length == 0 ? $"[\"{Clip(key)}\"]" : $"{name}[\"{Clip(key)}\"]");
    }

    private int Enter()
    {
        var from = _from;
        _from = _issues?.Count ?? 0;
        return from;
    }

    private readonly void Prefix(int from, string prefix)
    {
        for (var i = from; i < (_issues?.Count ?? 0); i++)
        {
            var issue = _issues![i];
            _issues[i] = issue with { Path = Join(prefix, issue.Path) };
        }
    }

    // The values of unions, and lists inside lists, have no name of their own.
    private static string Join(string prefix, string path)
    {
        if (path.Length == 0 || prefix.Length == 0)
            return prefix + path;
        return path[0] == '[' ? prefix + path : $"{prefix}.{path}";
    }
}
