namespace Zoetrope.Fuzz;

/// <summary>Texts, numbers and keywords that look for a way out of where they are.</summary>
public static class OddText
{
    /// <summary>Names, descriptions and values.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "a", "A", "_", "__", "0", "1", "-1", "0.5", "+", "@", "$", "class", "@class", "record", "field", "value", "string", "namespace", "global",
        "async", "Request", "Result", "Endpoint",
        "Info", "Equals", "GetHashCode", "ToString", "Read", "Write", "Validate", "ExtraProperties", "Value", "IsKnown", "System", "Zoetrope", "Models", "*/",
        "/*", "//", "\"", "\"\"\"", "\\", "\\u0022",
        "]]>", "<!--", "-->", "</summary>", "&amp;", "&", "<", "{0}", "{{", "}", "#pragma warning disable", "#if", "#error", "\u2028", "\u2029", "\u0085", "\0",
        "\u0001", "\u001b[31m", "\ufeff", "\u202e", "\u2066",
        "\u200f", "\ud800", "\udc00x", "a\ud83d", "😀", "名前", "é", "e\u0301", "İ", "ı", "ﬁ", "ß", "a\nb", "a\r\nb", "\t", "a.b", "a-b", "a b", "a/b", "~", "~1",
        "%", "%0", "$ref", "#", "#/", "..", ".",
        "image_url", "prompt", "url", "seed", "http://127.0.0.1:9/x.json", "file:///etc/passwd", "../other.json", "2024-01-01T00:00:00Z", "NaN", "null", "true",
        "a|b", "`", "``", "**", "(?<", "[", "^(a+)+$", "\\p{L}",
        new string('x', 700), new string('\u0301', 40), "Either prompt or image_url must be provided, but not both",
    ];

    /// <summary>JSON numbers.</summary>
    public static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "0.1", "1e5", "1e-5", "1e308", "1e309", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "17454220438242315174",
        "340282366920938463463374607431768211456", "2147483648", "0.30000000000000004", "1.0", "1E+2", "123456789012345678901234567890.123456789", "1"
            + new string('0', 400),
    ];

    /// <summary>Keywords of schemas and documents.</summary>
    public static readonly string[] Keywords =
    [
        "type", "enum", "const", "default", "examples", "example", "title", "description", "format", "pattern", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
        "anyOf", "oneOf", "allOf", "not", "if", "nullable",
        "deprecated", "discriminator", "$ref", "$defs", "x-fal", "x-fal-order-properties", "x-fal-metadata", "servers", "security", "parameters", "requestBody",
        "responses", "content", "schema", "in", "name", "style", "explode",
        "operationId", "tags", "components", "schemas", "paths", "get", "post", "put", "delete", "200", "204", "default", "4XX", "application/json",
        "multipart/form-data", "text/event-stream", "readOnly", "writeOnly",
        "query", "additionalOperations", "COPY", "webhooks", "x-webhooks", "mediaTypes", "itemSchema", "application/jsonl", "application/json-seq", "event",
        "data", "contentMediaType", "contentSchema", "$self", "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef",
        "x-enum-varnames", "x-enumNames", "x-enum-descriptions", "x-multi-segment",
    ];

    /// <summary>Values of the keywords, as JSON.</summary>
    public static readonly string[] Values =
    [
        "{}", "[]", "null", "true", "false", "\"string\"", "\"integer\"", "\"number\"", "\"boolean\"", "\"array\"", "\"object\"", "\"null\"",
        "[\"string\",\"null\"]", "[\"integer\",\"string\",\"array\"]", "[{}]",
        "[{\"type\":\"string\"},{\"type\":\"null\"}]", "[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]", "{\"type\":\"string\"}",
        "{\"type\":\"array\"}", "{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"}}}",
        "[\"a\",\"A\",\"a \",\"\"]", "[1,2.5,\"x\",null,true]", "[1,2,3]", "[[1],{}]", "{\"$ref\":\"#\"}", "{\"$ref\":\"#/components/schemas\"}",
        "{\"$ref\":\"#/paths\"}", "{\"$ref\":\"other.json#/a\"}", "{\"propertyName\":\"type\"}",
        "{\"propertyName\":\"type\",\"mapping\":{\"a\":\"#/x\"}}", "\"binary\"", "\"date-time\"", "\"int64\"", "\"query\"", "\"path\"", "\"header\"",
        "\"cookie\"", "\"deepObject\"", "\"form\"", "\"#\"", "\"#a\"", "\"a\"", "{\"$dynamicRef\":\"#a\"}", "{\"$recursiveRef\":\"#\"}",
        "{\"$dynamicAnchor\":\"a\",\"type\":\"array\",\"items\":{\"$dynamicRef\":\"#a\"}}", "[\"A\",\"a\",\"A\"]", "{\"a\":\"B\",\"A\":\"b\"}",
        "{\"type\":\"object\",\"properties\":{\"event\":{\"const\":\"a\"},\"data\":{\"contentMediaType\":\"application/json\"}}}",
        "{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}}}},\"responses\":{\"200\":{}}}}",
        "{\"application/jsonl\":{\"itemSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}}}",
    ];

    /// <summary>One of them.</summary>
    public static string Of(this string[] texts, Random random) => texts[random.Next(texts.Length)];
}
