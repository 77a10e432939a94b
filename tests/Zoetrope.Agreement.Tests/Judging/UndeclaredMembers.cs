using System.Runtime.CompilerServices;
using NJsonSchema;

namespace Zoetrope.Agreement.Tests;

/// <summary>Knows the schemas of undeclared members: NJsonSchema does not say what a schema is in.</summary>
internal static class UndeclaredMembers
{
    private static readonly ConditionalWeakTable<JsonSchema, object> _noted = [];
    private static readonly ConditionalWeakTable<JsonSchema, object> _besideOthers = [];

    /// <summary>Looks through a schema, once.</summary>
    public static void Note(JsonSchema schema)
    {
        var open = new Stack<JsonSchema>([schema]);
        while (open.TryPop(out var next))
        {
            var at = next.ActualSchema;
            if (!_noted.TryAdd(at, at))
                continue;
            if (at.AdditionalPropertiesSchema is { } members)
            {
                if (at.ActualProperties.Count > 0)
                    _besideOthers.TryAdd(members, at);
                open.Push(members);
            }
            foreach (var inner in at.AnyOf.Concat(at.OneOf).Concat(at.AllOf).Concat(at.Items).Concat(at.ActualProperties.Values))
                open.Push(inner);
            if (at.Item is not null)
                open.Push(at.Item);
        }
    }

    /// <summary>Whether a schema is that of the undeclared members of an object that has declared ones.</summary>
    public static bool AreBesideOthers(JsonSchema members) => _besideOthers.TryGetValue(members, out _);
}
