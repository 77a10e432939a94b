using System.ComponentModel;
using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;

namespace Zoetrope.Validation;

/// <content>What is inside a request: objects, unions, and where their problems are.</content>
public partial struct ValidationContext
{
    /// <summary>Validates a nested object.</summary>
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

    /// <summary>Validates a nested union.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The name of the member that holds it.</param>
    /// <param name="nullable">Whether null is valid here, although it is not wherever the union is used.</param>
    public void Union<T>(T? value, string name, bool nullable = false)
        where T : struct, IValidatable
    {
        if (value is not { } given)
            return;
        var from = Enter();
        var isNullValid = _isNullValid;
        _isNullValid = nullable;
        given.Validate(ref this);
        if ((_issues?.Count ?? 0) > _from)
            Prefix(_from, name);
        _from = from;
        _isNullValid = isNullValid;
    }

    /// <summary>Reports a union whose value matches no alternative.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expected">The description of the alternatives.</param>
    /// <param name="nullable">Whether null is valid.</param>
    /// <param name="objects">Whether any object is valid.</param>
    /// <param name="arrays">Whether any array is valid.</param>
    /// <param name="openWithout">The discriminator without which any object is valid; empty where there is none.</param>
    /// <param name="orNull">Whether the discriminator counts as missing if it is null.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Alternative(
        JsonUnion value, string expected, bool nullable = false, bool objects = false, bool arrays = false, ReadOnlySpan<byte> openWithout = default,
        bool orNull = false)
    {
        if (!value.IsRaw && !value.IsPartial)
            return;
        var isValid = value.Raw.Kind switch
        {
            JsonValueKind.Null => nullable || _isNullValid,
            JsonValueKind.Object => objects || (!openWithout.IsEmpty && !value.Has(openWithout, orNull)),
            JsonValueKind.Array => arrays,
            _ => false,
        };
        if (!isValid)
            Add("", ValidationRule.Type, expected, Clip(value.Raw));
    }

    /// <summary>Reports raw JSON that is not an object.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Object(RawJson? value, string name, bool nullable = false)
    {
        if (value is { } given && given.Kind != JsonValueKind.Object && !(nullable && given.Kind == JsonValueKind.Null))
            Add(name, ValidationRule.Type, "an object", Clip(given));
    }

    /// <summary>Validates the objects of a nested array.</summary>
    public void Nested<T>(IReadOnlyList<T>? list, string name)
        where T : class, IValidatable
    {
        var count = list?.Count ?? 0;
        for (var i = 0; i < count; i++)
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

    /// <summary>The position where the issues of an item begin; for <see cref="Within(int, string, int)"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly int Mark() => _issues?.Count ?? 0;

    /// <summary>Attributes the issues since <paramref name="mark"/> to an item of an array.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly void Within(int mark, string name, int index)
    {
        if ((_issues?.Count ?? 0) > mark)
            Prefix(mark, $"{name}[{Text(index)}]");
    }

    /// <summary>Attributes the issues since <paramref name="mark"/> to a member of a map.</summary>
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

    // The values of unions, and nested lists, do not have a name of their own.
    private static string Join(string prefix, string path)
    {
        if (path.Length == 0 || prefix.Length == 0)
            return prefix + path;
        return path[0] == '[' ? prefix + path : $"{prefix}.{path}";
    }
}
