using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Finds which named schemas a schema leads to.</summary>
internal static class SchemaReach
{
    /// <summary>The names of all schemas that can be reached from any of <paramref name="starts"/>.</summary>
    public static HashSet<string> From(IEnumerable<Schema?> starts, Func<string, Schema?> find)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<Schema>();
        foreach (var start in starts)
            Push(start);
        while (pending.Count > 0)
        {
            var schema = pending.Pop();
            if (schema.Ref is { } name && reached.Add(name))
                Push(find(name));
            Push(schema.Items);
            Push(schema.AdditionalProperties);
            foreach (var property in schema.Properties)
                Push(property.Schema);
            foreach (var alternative in schema.AnyOf)
                Push(alternative);
        }
        return reached;

        void Push(Schema? schema)
        {
            if (schema is not null)
                pending.Push(schema);
        }
    }
}
