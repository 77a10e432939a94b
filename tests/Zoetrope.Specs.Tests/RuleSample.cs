using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>An object with members of every type that rules are about, and what is read of a sentence at one of them.</summary>
internal static class RuleSample
{
    private const string Members = """
        "prompt": {"type": "string"}, "storyboard": {"type": "string"}, "lyrics": {"type": "string", "default": ""}, "negative_prompt": {"type": "string"},
        "image_url": {"type": "string"}, "video_url": {"type": "string"}, "audio_url": {"type": "string"}, "mask_url": {"type": "string"},
        "end_image_url": {"type": "string"},
        "image_urls": {"type": "array", "items": {"type": "string"}}, "video_urls": {"type": "array", "items": {"type": "string"}},
        "audio_urls": {"type": "array", "items": {"type": "string"}}, "keywords": {"type": "array", "items": {"type": "string"}},
        "elements": {"type": "array", "items": {"$ref": "#/components/schemas/Element"}},
        "voices": {"type": "array", "items": {"type": "object", "properties": {"voice_id": {"type": "string"}}}},
        "duration": {"type": "string", "enum": ["5", "8", "10"]}, "resolution": {"type": "string", "enum": ["720p", "1080p"]},
        "mode": {"type": "string", "enum": ["fast", "pro"]}, "template": {"type": "string", "enum": ["wide", "square", "tall"]},
        "instrumental": {"type": "boolean", "default": false}, "fps": {"type": "integer"}, "steps": {"type": "integer"}, "strength": {"type": "number"},
        "start": {"type": "number"}, "end": {"type": "number"}, "length_ms": {"type": "integer"}, "num_images": {"type": "integer"},
        "image_size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string", "enum": ["square", "wide"]}], "default": "wide"},
        "palette": {"type": "object", "properties": {"name": {"type": "string"}, "members": {"type": "array", "items": {"type": "string"}}}}
        """;

    private const string Components = """
        "Element": {"type": "object", "properties": {"image_url": {"type": "string"}, "video_url": {"type": "string"}, "duration": {"type": "number"}}},
        "Size": {"type": "object", "properties": {"width": {"type": "integer", "maximum": 14142}, "height": {"type": "integer", "maximum": 14142}}}
        """;

    /// <summary>What is read of a description of a member; <c>elements.video_url</c> is a member of the items of a list.</summary>
    /// <param name="member">The member.</param>
    /// <param name="description">Its description.</param>
    /// <param name="keywords">More keywords of the member's schema.</param>
    /// <param name="replace">Other members to change: the text of a schema and what it becomes.</param>
    public static List<RuleStatement> Read(string member, string description, string keywords = "", params (string Old, string New)[] replace)
    {
        var (members, components) = (Members, Components);
        foreach (var (old, becomes) in replace)
        {
            Assert.Contains(old, members, StringComparison.Ordinal);
            members = members.Replace(old, becomes, StringComparison.Ordinal);
        }
        var path = member.Split('.');
        var text = System.Text.Json.JsonSerializer.Serialize(description);
        if (path.Length == 1)
            members = Describe(members, member, text, keywords);
        else
            components = Describe(components, path[1], text, keywords);
        // Counts of a list mean something only where the list must be given.
        var endpoint = Readings.Endpoint(Readings.WithInput(
            "{\"type\":\"object\",\"required\":[\"keywords\",\"image_urls\"],\"properties\":{" + members + "}}", components));
        var statements = RuleReader.Read(endpoint.Input!, name => endpoint.Named(name), () => []);
        return [.. statements];
    }

    /// <summary>The formulas of the rules that are read and not refused, in order.</summary>
    public static string Formulas(IEnumerable<RuleStatement> statements) =>
        string.Join("; ", statements.Where(one => one.Outcome is RuleOutcome.Enforced or RuleOutcome.Advice).Select(one => one.Rule!.Formula));

    private static string Describe(string members, string name, string description, string keywords) =>
        members.Replace($"\"{name}\": {{", $"\"{name}\": {{\"description\": {description}, {keywords}", StringComparison.Ordinal);
}
