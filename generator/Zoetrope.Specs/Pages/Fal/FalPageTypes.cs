using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Pages.Fal;

/// <summary>Reads the types of fal's pages: <c>string</c>, <c>list&lt;T&gt;</c>, <c>DurationEnum</c>, <c>ImageSize | Enum</c>, or the name of a type.</summary>
internal sealed class FalPageTypes(string type, IReadOnlyList<JsonLiteral> options)
{
    private const int MaxDepth = 16;

    private int _position;

    /// <summary>Reads the type; null when it has no form that pages have.</summary>
    public Schema? Read(string pointer)
    {
        _position = 0;
        var schema = ReadUnion(pointer, 0);
        return schema is not null && _position == type.Length ? schema : null;
    }

    private Schema? ReadUnion(string pointer, int depth)
    {
        var alternatives = new List<Schema>();
        var nullable = false;
        do
        {
            var alternative = ReadOne(JsonPointer.Append(pointer + "/anyOf", alternatives.Count), depth);
            if (alternative is null)
                return null;
            nullable |= alternative.Nullable;
            if (!alternative.IsNullOnly())
                alternatives.Add(alternative);
        }
        while (Skip('|'));
        var types = nullable ? SchemaTypes.Null : SchemaTypes.Any;
        return alternatives.Count switch
        {
            0 => new Schema { Pointer = pointer, Types = types },
            1 => Moved(alternatives[0], pointer) with { Types = alternatives[0].Types | types },
            _ => new Schema { Pointer = pointer, Types = types, AnyOf = alternatives.ToEquatableArray() },
        };
    }

    /// <summary>A single alternative is where the union was, and so does what its own pointer begins.</summary>
    private static Schema Moved(Schema schema, string pointer) => schema with
    {
        Pointer = pointer,
        Items = schema.Items is { } items ? Moved(items, pointer + "/items") : null,
        AdditionalProperties = schema.AdditionalProperties is { } values ? Moved(values, pointer + "/additionalProperties") : null,
        AnyOf = schema.AnyOf.Select((alternative, index) => Moved(alternative, JsonPointer.Append(pointer + "/anyOf", index))).ToEquatableArray(),
    };

    private Schema? ReadOne(string pointer, int depth)
    {
        SkipSpace();
        var start = _position;
        while (_position < type.Length && (char.IsLetterOrDigit(type[_position]) || type[_position] is '_' or '-' or '.'))
            _position++;
        var name = type.Substring(start, _position - start);
        if (name.Length == 0 || depth > MaxDepth)
            return null;
        if (Skip('<'))
            return ReadGeneric(name, pointer, depth);
        SkipSpace();
        return name switch
        {
            "string" => new Schema { Pointer = pointer, Types = SchemaTypes.String },
            "integer" => new Schema { Pointer = pointer, Types = SchemaTypes.Integer },
            "float" or "number" => new Schema { Pointer = pointer, Types = SchemaTypes.Number },
            "boolean" => new Schema { Pointer = pointer, Types = SchemaTypes.Boolean },
            "list" or "array" => new Schema { Pointer = pointer, Types = SchemaTypes.Array },
            "object" or "dict" => new Schema { Pointer = pointer, Types = SchemaTypes.Object },
            "null" or "None" => new Schema { Pointer = pointer, Types = SchemaTypes.Null },
            "any" or "Any" => new Schema { Pointer = pointer },
            _ when name.EndsWith("Enum", StringComparison.Ordinal) && (options.Count > 0 || name == "Enum") => ReadEnum(pointer),
            _ => new Schema { Pointer = pointer, Ref = name },
        };
    }

    private Schema ReadEnum(string pointer)
    {
        var types = SchemaTypes.Any;
        foreach (var option in options)
        {
            types |= option.Kind switch
            {
                JsonKind.String => SchemaTypes.String,
                JsonKind.Boolean => SchemaTypes.Boolean,
                JsonKind.Number => option.Json.IndexOfAny(['.', 'e', 'E']) < 0 ? SchemaTypes.Integer : SchemaTypes.Number,
                JsonKind.Null => SchemaTypes.Null,
                _ => SchemaTypes.Any,
            };
        }
        return new Schema { Pointer = pointer, Types = types, Enum = options.Where(option => option.Kind != JsonKind.Null).ToEquatableArray() };
    }

    private Schema? ReadGeneric(string name, string pointer, int depth)
    {
        var isMap = name is "dict" or "map" or "object";
        if (!isMap && name is not ("list" or "array" or "set" or "tuple"))
            return null;
        var argument = ReadUnion(pointer + (isMap ? "/additionalProperties" : "/items"), depth + 1);
        // A map has its keys' type first; keys are always strings in JSON.
        while (argument is not null && Skip(','))
        {
            argument = ReadUnion(pointer + (isMap ? "/additionalProperties" : "/items"), depth + 1);
            // Items that differ by position are raw JSON.
            if (!isMap && argument is not null)
                argument = new Schema { Pointer = argument.Pointer };
        }
        if (argument is null || !Skip('>'))
            return null;
        SkipSpace();
        return isMap
            ? new Schema { Pointer = pointer, Types = SchemaTypes.Object, AdditionalProperties = argument }
            : new Schema { Pointer = pointer, Types = SchemaTypes.Array, Items = argument, UniqueItems = name == "set" };
    }

    private bool Skip(char c)
    {
        SkipSpace();
        if (_position == type.Length || type[_position] != c)
            return false;
        _position++;
        return true;
    }

    private void SkipSpace() => _position = PageText.SkipSpace(type, _position, type.Length);
}
