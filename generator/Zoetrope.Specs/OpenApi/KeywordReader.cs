using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads the keywords of one schema object, except those that combine schemas (<c>$ref</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>).</summary>
internal sealed class KeywordReader(SchemaReader schemas, List<SpecProblem> problems)
{
    private readonly ValueReader _values = new(problems);
    private readonly LabelReader _labels = new(problems);
    private readonly TupleReader _tuples = new(schemas, problems);

    /// <summary>Reads the keywords of <paramref name="node"/>.</summary>
    public Schema Read(JsonNode node, string pointer)
    {
        var schema = new Schema { Pointer = pointer };
        var nullable = false;
        var isNullOnly = false;
        var hasLabels = false;
        foreach (var keyword in node)
        {
            var name = keyword.Name;
            switch (name)
            {
                case "type":
                    schema = schema with { Types = schema.Types | _values.ReadTypes(keyword) };
                    break;
                case "nullable":
                    nullable |= _values.ReadBoolean(keyword);
                    break;
                case "title":
                    schema = schema with { Title = _values.ReadString(keyword) };
                    break;
                case "description":
                    schema = schema with { Description = _values.ReadString(keyword)?.Trim() is { Length: > 0 } text ? text : null };
                    break;
                case "format":
                    schema = schema with { Format = _values.ReadString(keyword) };
                    break;
                case "pattern":
                    schema = schema with { Pattern = _values.ReadString(keyword) };
                    break;
                case "enum" when !node["const"].Exists:
                    schema = ReadEnum(schema, keyword, ref nullable, ref isNullOnly);
                    break;
                case "const":
                    schema = WithEnum(schema, [keyword.ToLiteral()], ref nullable, ref isNullOnly);
                    break;
                case var _ when LabelReader.Is(name):
                    hasLabels = true;
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
                    schema = _values.ReadLimit(node, "minimum", "exclusiveMinimum", isLower: true) is var (minimum, above)
                        ? schema with { Minimum = minimum, ExclusiveMinimum = above } : schema;
                    break;
                case "maximum" or "exclusiveMaximum" when schema.Maximum is null:
                    schema = _values.ReadLimit(node, "maximum", "exclusiveMaximum", isLower: false) is var (maximum, below)
                        ? schema with { Maximum = maximum, ExclusiveMaximum = below } : schema;
                    break;
                case "multipleOf":
                    schema = schema with { MultipleOf = _values.ReadNumber(keyword) };
                    break;
                case "minLength":
                    schema = schema with { MinLength = _values.ReadCount(keyword) };
                    break;
                case "maxLength":
                    schema = schema with { MaxLength = _values.ReadCount(keyword) };
                    break;
                case "minItems":
                    schema = schema with { MinItems = _values.ReadCount(keyword) };
                    break;
                case "maxItems":
                    schema = schema with { MaxItems = _values.ReadCount(keyword) };
                    break;
                case "uniqueItems":
                    schema = schema with { UniqueItems = _values.ReadBoolean(keyword) };
                    break;
                case "items" when !keyword.IsArray && !node["prefixItems"].Exists:
                    schema = schema with { Items = schemas.ReadInside(keyword, JsonPointer.Append(pointer, name)) };
                    break;
                case "items" when keyword.IsArray && !node["prefixItems"].Exists:
                    schema = _tuples.Read(schema, keyword, node["additionalItems"], pointer);
                    break;
                case "prefixItems":
                    schema = _tuples.Read(schema, keyword, node["items"], pointer);
                    break;
                case "properties":
                    schema = schema with { Properties = ReadProperties(node, keyword, pointer) };
                    break;
                case "required" when !node["properties"].Exists:
                    schema = schema with { Properties = ReadProperties(node, default, pointer) };
                    break;
                case "additionalProperties" when keyword.IsObject:
                    schema = node["patternProperties"].Exists
                        ? schema
                        : schema with { AdditionalProperties = schemas.ReadInside(keyword, JsonPointer.Append(pointer, name)) };
                    break;
                case "additionalProperties":
                    schema = schema with { Closed = !_values.ReadBoolean(keyword) && !node["patternProperties"].Exists };
                    break;
                case "patternProperties":
                    problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    schema = schema with { AdditionalProperties = ReadMembers(keyword, node["additionalProperties"], pointer) };
                    break;
                case "contentMediaType" when schema.Format is null && !node["format"].Exists && !node["contentEncoding"].Exists:
                    schema = schema with { Format = IsText(_values.ReadString(keyword)) ? null : "binary" };
                    if (IsJson(keyword) && !node["contentSchema"].Exists)
                        schema = schema with { Content = new Schema { Pointer = pointer } };
                    break;
                case "contentSchema" when !node["contentMediaType"].Exists || IsJson(node["contentMediaType"]):
                    schema = schema with { Content = schemas.ReadInside(keyword, JsonPointer.Append(pointer, name)) };
                    break;
                case "contentEncoding" when !node["format"].Exists:
                    schema = schema with { Format = _values.ReadString(keyword) is "base64" or "base64url" ? "byte" : null };
                    break;
                case var _ when DeprecationReader.IsKeyword(name):
                    schema = DeprecationReader.Read(schema, keyword, node, _values);
                    break;
                case "readOnly":
                    schema = schema with { ReadOnly = _values.ReadBoolean(keyword) };
                    break;
                case "writeOnly":
                    schema = schema with { WriteOnly = _values.ReadBoolean(keyword) };
                    break;
                case var _ when DocumentProfiles.FileLimitsKeywords.Contains(name):
                    schema = schema with { File = _values.ReadFileLimits(keyword) };
                    break;
                // Some documents have these beside the other keywords instead of in an object of their own.
                case "max_file_size" or "min_width" or "max_width" or "min_height" or "max_height" when schema.File is null && !HasFileLimits(node):
                    schema = schema with { File = _values.ReadFileLimits(node) };
                    break;
                case "not" or "if" or "propertyNames" or "dependentRequired" or "dependentSchemas" or "contains"
                    or "minProperties" or "maxProperties" or "unevaluatedProperties" or "unevaluatedItems":
                    problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    break;
                case "$dynamicRef" or "$recursiveRef" when node["$ref"].Exists || (name == "$recursiveRef" && node["$dynamicRef"].Exists):
                    problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, name));
                    break;
            }
        }
        if (hasLabels)
            schema = schema with { Labels = _labels.Read(node) };
        _values.ReportEmptyRanges(node, schema);
        // What an array says about files is meant for each of them.
        if (schema is { File: { } limits, Items: { } items } && (schema.Types & SchemaTypes.Array) != 0)
            schema = schema with { File = null, Items = items with { File = items.File ?? limits } };
        if (isNullOnly)
            return schema with { Types = SchemaTypes.Null };
        schema = SchemaValues.Fit(schema, out var odd);
        if (odd is not null)
            problems.Add(Problems.ValueOfOtherType.At(node[node["const"].Exists ? "const" : "enum"].NameRange, odd.Json));
        return schema with
        {
            Types = (schema.Types == SchemaTypes.Any ? ImpliedTypes(schema, node) : schema.Types) | (nullable ? SchemaTypes.Null : SchemaTypes.Any)
        };
    }

    /// <summary>The types that follow from other keywords where a document leaves <c>type</c> out.</summary>
    private static SchemaTypes ImpliedTypes(Schema schema, JsonNode node)
    {
        if (schema.Enum.Count > 0)
            return SchemaValues.TypesOf(schema.Enum);
        if (node["properties"].Exists || node["additionalProperties"].IsObject || node["patternProperties"].Exists)
            return SchemaTypes.Object;
        return node["items"].Exists || node["prefixItems"].Exists ? SchemaTypes.Array : SchemaTypes.Any;
    }

    private Schema ReadEnum(Schema schema, JsonNode keyword, ref bool nullable, ref bool isNullOnly)
    {
        if (keyword.IsArray)
            return WithEnum(schema, Literals(keyword), ref nullable, ref isNullOnly);
        problems.Add(Problems.BadKeyword.At(keyword.Range, "enum", "an array"));
        return schema;
    }

    private static Schema WithEnum(Schema schema, IEnumerable<JsonLiteral> values, ref bool nullable, ref bool isNullOnly)
    {
        var distinct = new List<JsonLiteral>();
        var seen = new HashSet<(JsonKind, string)>();
        foreach (var value in values)
        {
            nullable |= value.Kind == JsonKind.Null;
            if (value.Kind != JsonKind.Null && seen.Add((value.Kind, value.Text)))
                distinct.Add(value);
        }
        isNullOnly = nullable && distinct.Count == 0 && values.Any();
        return schema with { Enum = distinct.ToEquatableArray() };
    }

    private static EquatableArray<JsonLiteral> Literals(JsonNode array)
    {
        var literals = new List<JsonLiteral>();
        foreach (var item in array)
            literals.Add(item.ToLiteral());
        return literals.ToEquatableArray();
    }

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
            foreach (var property in Ordered(OrderOf(node), properties))
            {
                var name = property.Name;
                read.Add(new(name, schemas.ReadInside(property, JsonPointer.Append(pointer + "/properties", name)), required.Contains(name)));
            }
        }
        read.AddRange(missing);
        return read.ToEquatableArray();
    }

    /// <summary>What undeclared members are of which some match patterns: one type where all that there may be have it, else anything.</summary>
    /// <param name="patterns">The patterns and what matches them.</param>
    /// <param name="rest">What matches none of them.</param>
    /// <param name="pointer">Where the object is described.</param>
    private Schema? ReadMembers(JsonNode patterns, JsonNode rest, string pointer)
    {
        var read = new List<Schema>();
        foreach (var pattern in patterns)
            read.Add(schemas.ReadInside(pattern, JsonPointer.Append(JsonPointer.Append(pointer, patterns.Name), pattern.Name)));
        if (rest.IsObject)
            read.Add(schemas.ReadInside(rest, JsonPointer.Append(pointer, rest.Name)));
        if (read.Count == 0 || (!rest.IsObject && !rest.IsFalse))
            return null;
        var (first, shape) = (read[0], read[0].Shape());
        if (read.Exists(one => one.Shape() != shape))
            return null;
        // Which limits are meant depends on the name, so those that not all have are left to the service.
        var isOne = read.Count == 1 || (shape is { Items: null, Properties.Count: 0, AdditionalProperties: null, AnyOf.Count: 0 }
            && read.TrueForAll(one => one.Outline() == first.Outline()));
        return isOne ? first : shape with { Pointer = first.Pointer };
    }

    private static bool IsJson(JsonNode mediaType) => mediaType.String is { } text && ContentReader.IsJson(ContentReader.Normalize(text));

    /// <summary>Whether the content of a string is text itself, and not bytes.</summary>
    private static bool IsText(string? mediaType) =>
        mediaType is null || ContentReader.Normalize(mediaType) is var type
            && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal) || ContentReader.IsJson(type));

    private static bool HasFileLimits(JsonNode node) => DocumentProfiles.FileLimitsKeywords.Any(keyword => node[keyword].Exists);

    private static JsonNode OrderOf(JsonNode node) =>
        DocumentProfiles.PropertyOrderKeywords.Select(keyword => node[keyword]).FirstOrDefault(order => order.Exists);

    private static List<JsonNode> Ordered(JsonNode order, JsonNode properties)
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
}
