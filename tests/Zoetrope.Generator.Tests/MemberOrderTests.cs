using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Zoetrope.Generator.Tests;

/// <summary>Members are found by their names, in whatever order they come and whatever the names contain.</summary>
public class MemberOrderTests
{
    private static readonly Lazy<Assembly> _models = new(() => new Project([Documents.FalOpenApi("fal-ai/order", """
        {"a": {"type": "string"}, "ab": {"type": "string"}, "b": {"type": "string"}, "bab": {"type": "string"}, "ä": {"type": "string"}}
        """), Documents.FalOpenApi("fal-ai/lines", """{"a": {"type": "string"}, "a\nb": {"type": "string"}, "": {"type": "string"}}"""),
        Documents.FalOpenApi("fal-ai/empty", """{"b": {"type": "string"}, "": {"type": "string"}, "c": {"type": "string"}}""")]).Run().Load());

    [Theory]
    [InlineData("Order", """{"a":"1","ab":"2","b":"3","bab":"4","ä":"5"}""", 5)]
    [InlineData("Order", """{"ä":"5","bab":"4","b":"3","ab":"2","a":"1"}""", 5)]
    [InlineData("Order", """{"bab":"4","b":"3"}""", 2)]
    [InlineData("Order", """{"b":"3","other":"6","bab":"4"}""", 2)]
    [InlineData("Order", """{"a":"0","a":"1","\u0061b":"2"}""", 2)]
    [InlineData("Order", """{"a\nab":"1","":"2","ba":"3","\n":"4"}""", 0)]
    [InlineData("Lines", """{"a\nb":"2","":"3","a":"1"}""", 3)]
    [InlineData("Empty", """{"c":"3","":"2","b":"1"}""", 3)]
    [InlineData("Empty", """{"b":"1","":"2","c":"3"}""", 3)]
    public void Members_are_found_by_name(string model, string json, int known)
    {
        var type = _models.Value.GetType($"Demo.Models.{model}+Request", throwOnError: true)!;
        var value = JsonSerializer.Deserialize(json, type)!;
        var texts = type.GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.GetValue(value)).ToList();

        Assert.Equal(known, texts.Count(text => text is not null));
        var written = JsonSerializer.Serialize(value, type);
        Assert.Equal(Members(json), Members(written));
    }

    private static SortedDictionary<string, string> Members(string json)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in JsonDocument.Parse(Encoding.UTF8.GetBytes(json)).RootElement.EnumerateObject())
            members[member.Name] = member.Value.GetString()!;
        return members;
    }
}
