using System.Globalization;
using System.Text;
using Zoetrope.Json;

namespace Zoetrope.Routing;

/// <summary>A provider's input while it is put together: an object or an array of values and others like it.</summary>
internal sealed class MappingNode
{
    private readonly List<(string Step, RawJson Value, MappingNode? Node)> _members = [];

    /// <summary>Puts a value at a location, a JSON Pointer.</summary>
    public void Put(string pointer, RawJson value)
    {
        var steps = JsonPointers.Steps(pointer);
        var node = this;
        foreach (var step in steps.AsSpan(0, steps.Length - 1))
            node = node.Child(step);
        node.Replace(steps[^1], value);
    }

    /// <summary>Puts a value as a member, in the place of what is there.</summary>
    public void Replace(string name, RawJson value)
    {
        var index = _members.FindIndex(member => member.Step == name);
        if (index < 0)
            _members.Add((name, value, null));
        else
            _members[index] = (name, value, null);
    }

    /// <summary>Whether there is a member of this name.</summary>
    public bool Has(string name) => _members.Exists(member => member.Step == name);

    /// <summary>The location of the first item that an array lacks before others; null if none is missing.</summary>
    /// <param name="at">The location of this node.</param>
    public string? FirstGap(string at)
    {
        if (IsArray)
        {
            for (var i = 0; i < _members.Count; i++)
            {
                if (!Has(i.ToString(CultureInfo.InvariantCulture)))
                    return string.Create(CultureInfo.InvariantCulture, $"{at}/{i}");
            }
        }
        foreach (var (step, _, node) in _members)
        {
            if (node?.FirstGap($"{at}/{step}") is { } gap)
                return gap;
        }
        return null;
    }

    /// <summary>Writes the JSON.</summary>
    public void Write(JsonWriter writer)
    {
        var isArray = IsArray;
        if (isArray)
        {
            // Steps come in the order of the catalog, which need not be that of the items.
            _members.Sort(static (left, right) => IndexOf(left.Step).CompareTo(IndexOf(right.Step)));
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteStartObject();
        }
        foreach (var (step, value, node) in _members)
        {
            if (!isArray)
                writer.WritePropertyName(step);
            if (node is null)
                value.Write(writer);
            else
                node.Write(writer);
        }
        if (isArray)
            writer.WriteEndArray();
        else
            writer.WriteEndObject();
    }

    /// <summary>A location as validation issues have it: <c>keyframes.frame0.url</c>, <c>images[0]</c>.</summary>
    public static string PathOf(string pointer)
    {
        var path = new StringBuilder();
        foreach (var step in JsonPointers.Steps(pointer))
        {
            if (path.Length > 0 && IsIndex(step))
                path.Append('[').Append(step).Append(']');
            else
                path.Append(path.Length > 0 ? "." : "").Append(step);
        }
        return path.ToString();
    }

    private bool IsArray => _members.Count > 0 && _members.TrueForAll(static member => IsIndex(member.Step));

    private static int IndexOf(string step) => int.Parse(step, CultureInfo.InvariantCulture);

    private static bool IsIndex(string step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private MappingNode Child(string step)
    {
        var index = _members.FindIndex(member => member.Step == step);
        if (index >= 0 && _members[index].Node is { } known)
            return known;
        var node = new MappingNode();
        if (index < 0)
            _members.Add((step, default, node));
        else
            _members[index] = (step, default, node);
        return node;
    }
}
