using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Yaml;

namespace Zoetrope.Cli.Vendoring;

/// <summary>What scalars are as JSON, with the tags that they may have.</summary>
internal static class YamlTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The JSON of a scalar, or null when JSON cannot express it.</summary>
    public static string? ToJson(Scalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.Tag.IsEmpty)
        {
            if (scalar.Tag.IsNonSpecific || scalar.Tag.Value == Prefix + "str")
                return JsonStrings.Quote(text);
            return scalar.Tag.Value is Prefix + "int" or Prefix + "float" or Prefix + "bool" or Prefix + "null"
                && YamlScalars.ToJson(text) is [not '"', ..] plain ? plain : null;
        }
        return scalar.Style == ScalarStyle.Plain ? YamlScalars.ToJson(text) : JsonStrings.Quote(text);
    }
}
