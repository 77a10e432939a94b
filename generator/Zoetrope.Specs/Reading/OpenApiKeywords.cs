using System.Globalization;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs;

/// <summary>Reads the keywords of one schema object, except those that combine schemas (<c>$ref</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>).</summary>
internal sealed class OpenApiKeywords(OpenApiSchemaReader schemas, List<SpecProblem> problems)
{
    /// <summary>Reads the keywords of <paramref name="node"/>.</summary>
    public Schema Read(JsonNode node, string pointer)
    {
        var schema = new Schema { Pointer = pointer };
        var nullable = false;
        foreach (var keyword in node)
        {
            var name = keyword.Name;
            switch (name)
            {
                case "type":
                    schema = schema with { Types = schema.Types | ReadTypes(keyword) };
                    break;
                case "nullable":
                    nullable |= ReadBoolean(keyword);
                    break;
                case "title":
                    schema = schema with { Title = ReadString(keyword) };
                    break;
                case "description":
                    schema = schema with { Description = ReadString(keyword)?.Trim() is { Length: > 0 } text ? text : null };
                    break;
                case "format":
                    schema = schema with { Format = ReadString(keyword) };
                    break;
                case "pattern":
                    schema = schema with { Pattern = ReadString(keyword) };
                    problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    break;
                case "enum":
                    schema = ReadEnum(schema, keyword, ref nullable);
                    break;
                case "const" when !node["enum"].Exists:
                    schema = WithEnum(schema, [keyword.ToLiteral()], ref nullable);
                    break;
                case "default":
                    schema = schema with { Default = keyword.ToLiteral() };
                    break;
                case "examples":
                    schema = schema with { Examples = keyword.IsArray ? Literals(keyword) : new([keyword.ToLiteral()]) };
                    break;
                case "example" when !node["examples"].Exists:
                    schema = schema with { Examples = new([keyword.ToLiteral()]) };
                    break;
                case "minimum" or "exclusiveMinimum" when schema.Minimum is null:
                    schema = ReadLimit(node, "minimum", "exclusiveMinimum", isLower: true) is var (minimum, above)
                        ? schema with { Minimum = minimum, ExclusiveMinimum = above } : schema;
                    break;
                case "maximum" or "exclusiveMaximum" when schema.Maximum is null:
                    schema = ReadLimit(node, "maximum", "exclusiveMaximum", isLower: false) is var (maximum, below)
                        ? schema with { Maximum = maximum, ExclusiveMaximum = below } : schema;
                    break;
                case "multipleOf":
                    schema = schema with { MultipleOf = ReadNumber(keyword) };
                    problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    break;
                case "minLength":
                    schema = schema with { MinLength = ReadCount(keyword) };
                    break;
                case "maxLength":
                    schema = schema with { MaxLength = ReadCount(keyword) };
                    break;
                case "minItems":
                    schema = schema with { MinItems = ReadCount(keyword) };
                    break;
                case "maxItems":
                    schema = schema with { MaxItems = ReadCount(keyword) };
                    break;
                case "uniqueItems":
                    schema = schema with { UniqueItems = ReadBoolean(keyword) };
                    if (schema.UniqueItems)
                        problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    break;
                case "items" when !keyword.IsArray && !node["prefixItems"].Exists:
                    schema = schema with { Items = schemas.Read(keyword, JsonPointer.Append(pointer, name)) };
                    break;
                case "items" when keyword.IsArray:
                case "prefixItems":
                    problems.Add(Problems.Tuple.At(keyword.NameRange));
                    break;
                case "properties":
                    schema = schema with { Properties = ReadProperties(node, keyword, pointer) };
                    break;
                case "required" when !node["properties"].Exists:
                    schema = schema with { Properties = ReadProperties(node, default, pointer) };
                    break;
                case "additionalProperties":
                    schema = keyword.IsObject
                        ? schema with { AdditionalProperties = schemas.Read(keyword, JsonPointer.Append(pointer, name)) }
                        : schema with { Closed = !ReadBoolean(keyword) };
                    break;
                case "deprecated":
                    schema = schema with { Deprecated = ReadBoolean(keyword) };
                    break;
                case "x-fal":
                    schema = schema with { File = ReadFileLimits(keyword) };
                    break;
                // Some documents have these beside the other keywords instead of in x-fal.
                case "max_file_size" or "min_width" or "max_width" or "min_height" or "max_height" when schema.File is null && !node["x-fal"].Exists:
                    schema = schema with { File = ReadFileLimits(node) };
                    break;
                case "not" or "if" or "patternProperties" or "propertyNames" or "dependentRequired" or "dependentSchemas" or "contains"
                    or "minProperties" or "maxProperties" or "unevaluatedProperties" or "unevaluatedItems":
                    problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    break;
            }
        }
        // What an array says about files is meant for each of them.
        if (schema is { File: { } limits, Items: { } items } && (schema.Types & SchemaTypes.Array) != 0)
            schema = schema with { File = null, Items = items with { File = items.File ?? limits } };
        return schema with { Types = (schema.Types == SchemaTypes.Any ? ImpliedTypes(schema, node) : schema.Types) | (nullable ? SchemaTypes.Null : SchemaTypes.Any) };
    }

    /// <summary>The types that follow from other keywords where a document leaves <c>type</c> out.</summary>
    private static SchemaTypes ImpliedTypes(Schema schema, JsonNode node)
    {
        if (schema.Enum.Count > 0)
        {
            var types = SchemaTypes.Any;
            foreach (var value in schema.Enum)
                types |= TypeOf(value);
            return types;
        }
        if (node["properties"].Exists || node["additionalProperties"].IsObject)
            return SchemaTypes.Object;
        return node["items"].Exists || node["prefixItems"].Exists ? SchemaTypes.Array : SchemaTypes.Any;
    }

    private static SchemaTypes TypeOf(JsonLiteral value) => value.Kind switch
    {
        JsonKind.String => SchemaTypes.String,
        JsonKind.Boolean => SchemaTypes.Boolean,
        JsonKind.Array => SchemaTypes.Array,
        JsonKind.Object => SchemaTypes.Object,
        JsonKind.Number => value.Json.IndexOfAny(['.', 'e', 'E']) < 0 ? SchemaTypes.Integer : SchemaTypes.Number,
        _ => SchemaTypes.Null,
    };

    private SchemaTypes ReadTypes(JsonNode keyword)
    {
        if (keyword.String is { } name && TypeNamed(name) is { } type)
            return type;
        var types = SchemaTypes.Any;
        var valid = keyword.IsArray;
        foreach (var item in keyword)
        {
            var known = TypeNamed(item.String);
            valid &= known is not null;
            types |= known ?? SchemaTypes.Any;
        }
        if (!valid)
            problems.Add(Problems.BadKeyword.At(keyword.Range, "type", "string, integer, number, boolean, array, object, null, or an array of these"));
        return types;
    }

    private static SchemaTypes? TypeNamed(string? name) => name switch
    {
        "string" => SchemaTypes.String,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number,
        "boolean" => SchemaTypes.Boolean,
        "array" => SchemaTypes.Array,
        "object" => SchemaTypes.Object,
        "null" => SchemaTypes.Null,
        _ => null,
    };

    private Schema ReadEnum(Schema schema, JsonNode keyword, ref bool nullable)
    {
        if (keyword.IsArray)
            return WithEnum(schema, Literals(keyword), ref nullable);
        problems.Add(Problems.BadKeyword.At(keyword.Range, "enum", "an array"));
        return schema;
    }

    private static Schema WithEnum(Schema schema, IEnumerable<JsonLiteral> values, ref bool nullable)
    {
        var distinct = new List<JsonLiteral>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            nullable |= value.Kind == JsonKind.Null;
            if (value.Kind != JsonKind.Null && seen.Add(value.Json))
                distinct.Add(value);
        }
        return schema with { Enum = distinct.ToEquatableArray() };
    }

    private static EquatableArray<JsonLiteral> Literals(JsonNode array)
    {
        var literals = new List<JsonLiteral>();
        foreach (var item in array)
            literals.Add(item.ToLiteral());
        return literals.ToEquatableArray();
    }

    /// <summary>A limit in either style: 3.0 has a limit and a boolean, 3.1 has two numbers of which the narrower counts.</summary>
    private (string? Limit, bool Exclusive)? ReadLimit(JsonNode node, string inclusive, string exclusive, bool isLower)
    {
        var limit = node[inclusive].Exists ? ReadNumber(node[inclusive]) : null;
        var other = node[exclusive];
        if (!other.Exists || other.IsBoolean)
            return (limit, limit is not null && other.IsTrue);
        if (ReadNumber(other) is not { } bound)
            return (limit, false);
        if (limit is null)
            return (bound, true);
        var comparison = Value(limit).CompareTo(Value(bound));
        return (isLower ? comparison > 0 : comparison < 0) ? (limit, false) : (bound, true);
    }

    /// <summary>The size of a number. What is beyond all numbers some frameworks refuse and others call infinite; here it is infinite.</summary>
    private static double Value(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;

    private EquatableArray<SchemaProperty> ReadProperties(JsonNode node, JsonNode properties, string pointer)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        var missing = new List<SchemaProperty>();
        var index = 0;
        // OpenAPI 2 and careless writers have a boolean here, in the member itself; it says nothing about this object.
        foreach (var item in node["required"].IsBoolean ? default : node["required"])
        {
            if (item.String is { } name && required.Add(name) && !properties[name].Exists)
                missing.Add(new(name, new Schema { Pointer = JsonPointer.Append(pointer + "/required", index) }, Required: true));
            index++;
        }
        if (node["required"] is { Exists: true, IsArray: false } bad)
            problems.Add(Problems.BadKeyword.At(bad.Range, "required", "an array of names"));
        if (properties is { Exists: true, IsObject: false })
            problems.Add(Problems.BadKeyword.At(properties.Range, "properties", "an object"));

        var read = new List<SchemaProperty>();
        if (properties.IsObject)
        {
            foreach (var property in Ordered(node["x-fal-order-properties"], properties))
            {
                var name = property.Name;
                read.Add(new(name, schemas.Read(property, JsonPointer.Append(pointer + "/properties", name)), required.Contains(name)));
            }
        }
        read.AddRange(missing);
        return read.ToEquatableArray();
    }

    private static IEnumerable<JsonNode> Ordered(JsonNode order, JsonNode properties)
    {
        var byName = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var property in properties)
            byName[property.Name] = property;
        var result = new List<JsonNode>(byName.Count);
        if (order.IsArray)
        {
            foreach (var name in order)
            {
                if (name.String is { } text && byName.TryGetValue(text, out var property))
                {
                    result.Add(property);
                    byName.Remove(text);
                }
            }
        }
        foreach (var property in properties)
        {
            if (byName.ContainsKey(property.Name))
                result.Add(property);
        }
        return result;
    }

    private FileLimits? ReadFileLimits(JsonNode node)
    {
        if (!node.IsObject)
        {
            problems.Add(Problems.BadKeyword.At(node.Range, "x-fal", "an object"));
            return null;
        }
        return new FileLimits
        {
            MaxFileSize = Whole(node["max_file_size"]),
            MinWidth = Count(node["min_width"]),
            MaxWidth = Count(node["max_width"]),
            MinHeight = Count(node["min_height"]),
            MaxHeight = Count(node["max_height"]),
            MinAspectRatio = Number(node["min_aspect_ratio"]),
            MaxAspectRatio = Number(node["max_aspect_ratio"]),
            MinDuration = Number(node["min_duration"]),
            MaxDuration = Number(node["max_duration"]),
            MinFps = Number(node["min_fps"]),
            MaxFps = Number(node["max_fps"]),
            Timeout = Number(node["timeout"]),
        };

        string? Number(JsonNode member) => member.Exists && !member.IsNull ? ReadNumber(member) : null;
        long? Whole(JsonNode member) => member.Exists && !member.IsNull ? ReadWhole(member, long.MaxValue) : null;
        int? Count(JsonNode member) => member.Exists && !member.IsNull ? ReadCount(member) : null;
    }

    private string? ReadString(JsonNode keyword)
    {
        if (keyword.String is { } text)
            return text;
        if (!keyword.IsNull)
            problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a string"));
        return null;
    }

    private bool ReadBoolean(JsonNode keyword)
    {
        if (!keyword.IsBoolean)
            problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "true or false"));
        return keyword.IsTrue;
    }

    private string? ReadNumber(JsonNode keyword)
    {
        if (keyword.IsNumber)
            return keyword.Raw;
        problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a number"));
        return null;
    }

    private int? ReadCount(JsonNode keyword) => (int?)ReadWhole(keyword, int.MaxValue);

    /// <summary>A whole number from 0 on, in any spelling (<c>10</c>, <c>10.0</c>, <c>1e1</c>); a limit beyond every value is no limit.</summary>
    private long? ReadWhole(JsonNode keyword, long most)
    {
        if (keyword.IsNumber && Value(keyword.Raw) is var value and >= 0 && Math.Floor(value) == value)
            return value >= most ? null : (long)value;
        problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a whole number of 0 or more"));
        return null;
    }
}
