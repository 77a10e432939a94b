namespace Zoetrope.Generator.Tests;

/// <summary>Names of C# have limits, those of documents have none.</summary>
public sealed class LongNameTests
{
    [Fact]
    public void Types_that_are_nested_deeply_are_named_after_all_their_owners_within_limits()
    {
        var schema = """{"type": "string"}""";
        for (var level = 0; level < 45; level++)
            schema = $$"""{"type": "object", "properties": {"associated_customer_billing_information": {{schema}} } }""";

        var assembly = new Project([Documents.FalOpenApi("fal-ai/deep", $$"""{"root": {{schema}} }""")]).Run().Load();

        var json = "\"x\"";
        for (var level = 0; level < 45; level++)
            json = $$"""{"associated_customer_billing_information":{{json}}}""";
        json = $$"""{"root":{{json}}}""";
        Assert.Equal(json, Generated.RoundTrip(assembly, "Demo.Models.Deep+Request", json));
    }

    [Fact]
    public void A_long_name_of_a_member_is_cut_and_sent_whole()
    {
        var (one, other) = (new string('a', 1200) + "_one", new string('a', 1200) + "_other");
        var assembly = new Project([Documents.FalOpenApi("fal-ai/long", $$"""{"{{one}}": {"type": "integer"}, "{{other}}": {"type": "integer"} }""")]).Run().Load();

        var json = $$"""{"{{one}}":1,"{{other}}":2}""";
        Assert.Equal(json, Generated.RoundTrip(assembly, "Demo.Models.Long+Request", json));
    }
}
