using System.Numerics;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Zoetrope.Simulator;

/// <summary>Hands a request over to Newtonsoft.Json, which NJsonSchema works on.</summary>
internal static class RequestToken
{
    /// <summary>
    /// Strings are not taken for dates. Numbers that NJsonSchema cannot hold (it fails on any beyond a decimal, and on whole ones beyond 64 bits)
    /// become the nearest ones that it can.
    /// </summary>
    public static JToken Of(JsonNode? input)
    {
        using var reader = new JsonTextReader(new StringReader(input?.ToJsonString() ?? "null")) { DateParseHandling = DateParseHandling.None };
        var root = JToken.ReadFrom(reader);
        foreach (var value in (root is JContainer tree ? tree.DescendantsAndSelf() : [root]).OfType<JValue>().ToList())
        {
            if (value.Value is BigInteger whole)
                value.Value = (decimal)BigInteger.Clamp(whole, (BigInteger)decimal.MinValue, (BigInteger)decimal.MaxValue);
            else if (value.Value is double number && Math.Abs(number) >= (double)decimal.MaxValue)
                value.Value = number > 0 ? decimal.MaxValue : decimal.MinValue;
        }
        return root;
    }
}
