using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>Names in <c>required</c> that no member of the schema has.</summary>
public class RequiredSpellingTests
{
    [Theory]
    [InlineData("clientId", "client_id")]
    [InlineData("client_id", "clientId")]
    [InlineData("Client-ID", "clientId")]
    [InlineData("id", "ID")]
    public void Another_spelling_of_a_described_member_is_reported_and_is_not_a_member(string required, string described)
    {
        var document = Body(
            $$$"""{"type": "object", "required": ["{{{required}}}", "name"], "properties": {"name": {"type": "string"}, "{{{described}}}": {"type": "string"} } }""");

        var generated = new Project([document]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics);
        Assert.Equal(("ZT0080", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.DefaultSeverity));
        Assert.Contains($"'{required}'", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains($"'{described}'", diagnostic.GetMessage(), StringComparison.Ordinal);
        var at = diagnostic.Location.SourceSpan;
        Assert.Equal($"\"{required}\"", document.Text.Substring(at.Start, at.Length));
        var assembly = generated.Load();
        Assert.Equal(
            2,
            assembly.GetType("Demo.Models.Demo+Create+Body", throwOnError: true)!.GetProperties().Count(property => property.Name != "ExtraProperties"));
        var json = $$"""{"name":"a","{{described}}":"b"}""";
        Assert.Equal(json, Generated.RoundTrip(assembly, "Demo.Models.Demo+Create+Body", json));
    }

    [Fact]
    public void So_is_one_that_another_part_of_allOf_requires()
    {
        var generated =
            new Project([Body("""{"allOf": [{"type": "object", "properties": {"client_id": {"type": "string"}}}, {"required": ["clientId"]}]}""")]).Run();

        Assert.Equal("ZT0080", Assert.Single(generated.Diagnostics).Id);
        Assert.Null(generated.Load().GetType("Demo.Models.Demo+Create+Body", throwOnError: true)!.GetProperty("ClientId_2"));
    }

    [Theory]
    [InlineData("""{"allOf": [{"type": "object", "required": ["clientId"], "properties": {"client_id": {"type": "string"}}}, {"properties": {"clientId": {"type": "string"}}}]}""")]
    [InlineData("""{"allOf": [{"type": "object", "required": ["clientId"], "properties": {"client_id": {"type": "string"}}}], "properties": {"clientId": {"type": "string"}}}""")]
    public void What_another_part_of_allOf_describes_is_required(string schema)
    {
        var generated = new Project([Body(schema)]).Run();

        Assert.Empty(generated.Diagnostics);
        var members = generated.Load().GetType("Demo.Models.Demo+Create+Body", throwOnError: true)!.GetProperties();
        Assert.Equal(2, members.Count(member => member.Name != "ExtraProperties"));
        Assert.Single(members, member => member.GetCustomAttributes(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), false).Length > 0);
    }

    [Theory]
    [InlineData("""{"type": "object", "required": ["clientId"], "properties": {"client": {"type": "string"}}}""")]
    [InlineData("""{"type": "object", "required": ["_"], "properties": {"-": {"type": "string"}}}""")]
    [InlineData("""{"type": "object", "required": ["a_b", "aB"], "properties": {"c": {"type": "string"}}}""")]
    public void What_is_described_nowhere_stays_a_member(string schema)
    {
        var generated = new Project([Body(schema)]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0080");
        Assert.True(generated.Load().GetType("Demo.Models.Demo+Create+Body", throwOnError: true)!
            .GetProperties()
            .Count(property => property.Name != "ExtraProperties") > 1);
    }

    [Fact]
    public void Two_described_spellings_are_two_members()
    {
        var generated = new Project(
            [Body("""{"type": "object", "required": ["clientId"], "properties": {"clientId": {"type": "string"}, "client_id": {"type": "string"}}}""")]).Run();

        Assert.Empty(generated.Diagnostics);
        Assert.NotNull(generated.Load().GetType("Demo.Models.Demo+Create+Body", throwOnError: true)!.GetProperty("ClientId_2"));
    }

    private static Spec Body(string schema) => ApiDocuments.Of(
        $$$""" "/a": {"post": {"operationId": "create", "requestBody": {"required": true, "content": {"application/json": {"schema": {{{schema}}} } } }, "responses": {"204": {"description": ""} } } }""");
}
