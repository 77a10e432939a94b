using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>How the client reads the items of a response; the names are those of <c>Zoetrope.CodeGen.Operations.ItemFormat</c>.</summary>
internal static class ItemFormats
{
    private const int MaxDepth = 8;

    /// <summary>The name of the format.</summary>
    /// <param name="items">The items.</param>
    /// <param name="find">Finds named schemas.</param>
    public static string Of(SequenceItems items, Func<string, Schema?> find)
    {
        if (items.Kind != SequenceKind.Events)
            return items.Kind == SequenceKind.Lines ? "JsonLines" : "JsonSequence";
        var alternatives = Alternatives(items.Schema, find, 0).ToList();
        if (alternatives.Count == 0 || !alternatives.TrueForAll(EventSchemas.IsEvent))
            return alternatives.TrueForAll(IsText) ? "EventText" : "EventJson";
        var data = alternatives.SelectMany(one => one.Properties).Where(property => property.Name == EventSchemas.Data).ToList();
        if (data.TrueForAll(property => property.IsJsonText))
            return "EventsWithJson";
        return data.Exists(property => property.IsJsonText) ? "EventsWithEither" : "EventsWithText";
    }

    private static bool IsText(Schema schema) => (schema.Types & ~SchemaTypes.Null) == SchemaTypes.String;

    private static IEnumerable<Schema> Alternatives(Schema declared, Func<string, Schema?> find, int depth)
    {
        var schema = Schemas.Resolve(declared, find);
        return schema.AnyOf.Count > 0 && depth < MaxDepth ? schema.AnyOf.SelectMany(one => Alternatives(one, find, depth + 1)) : [schema];
    }
}
