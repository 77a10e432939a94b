using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;

namespace Zoetrope.Simulator.Validation;

/// <summary>Hands a request over to Newtonsoft.Json, which NJsonSchema works on.</summary>
internal static class RequestToken
{
    /// <summary>
    /// Texts stay texts, whether they look like dates or not; numbers without a fraction, such as 5.0, are integers. A number's value is only near, because
    /// NJsonSchema fails on large ones: <see cref="Original"/> has it.
    /// </summary>
    public static JToken Of(JsonNode? input) => input switch
    {
        null => JValue.CreateNull(),
        JsonObject members => Annotate(new JObject(members.Select(member => new JProperty(member.Key, Of(member.Value)))), members),
        JsonArray items => Annotate(new JArray(items.Select(Of)), items),
        _ => Annotate(OfValue(input), input),
    };

    /// <summary>The value that a token was made of; null for null.</summary>
    public static JsonNode? Original(JToken token) => token.Annotation<JsonNode>();

    private static JValue OfValue(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => JValue.CreateString(value.GetValue<string>()),
        JsonValueKind.Number => OfNumber(value.ToJsonString()),
        JsonValueKind.True => new JValue(true),
        JsonValueKind.False => new JValue(false),
        _ => JValue.CreateNull(),
    };

    private static JValue OfNumber(string json)
    {
        var number = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (ExactNumber.Parse(json).IsWhole)
            return new JValue(long.CreateSaturating(number));
        return new JValue(number);
    }

    private static JToken Annotate(JToken token, JsonNode original)
    {
        token.AddAnnotation(original);
        return token;
    }
}
