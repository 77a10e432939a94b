using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Jobs.Tests;

/// <summary>What operations need, and lists, held against documents: what could never work is an error of the build.</summary>
public sealed class FactVerificationTests
{
    private const string List = """
        "list": { "operation": "GET /v3/predictions", "items": "/items", "createdAt": "/created", "next": "/next", "cursor": "page" },
        """;

    private const string ListOperation = """
        "/v3/predictions": { "get": {
          "parameters": [ { "name": "page", "in": "query", "schema": { "type": "string" } } ],
          "responses": { "200": { "description": "A page.", "content": { "application/json": { "schema": { "type": "object", "properties": {
            "items": { "type": "array", "items": { "type": "object", "properties": {
              "created": { "type": "string" }, "data": { "$ref": "#/components/schemas/Prediction" } } } },
            "next": { "type": "string" }, "more": { "type": "boolean" } } } } } } } } },
        """;

    private static readonly string _declaration = File.ReadAllText(Repository.PathOf("tests", "Zoetrope.Jobs.Tests", "specs", "wave.jobs.json"))
        .Replace("  \"webhook\":", List + "  \"webhook\":", StringComparison.Ordinal);

    private static readonly string _document = File.ReadAllText(Repository.PathOf("tests", "Zoetrope.Jobs.Tests", "specs", "wave.json"))
        .Replace("\"paths\": {", "\"paths\": {" + ListOperation, StringComparison.Ordinal);

    [Fact]
    public void What_fits_the_document_is_no_problem()
    {
        var reading = Read(_declaration, _document);

        Assert.Empty(reading.Problems.Select(problem => problem.Message));
        var list = Assert.Single(reading.Description!.Lists);
        Assert.Equal(
            [JobField.Id, JobField.Word, JobField.CreatedAt, JobField.FailureMessage], list.Items.Select(field => field.Field).Order());
    }

    [Theory]
    [InlineData("\"items\": \"/items\"", "\"items\": \"/next\"", "/list/items", "The value at '/next' is of type string in the document")]
    [InlineData("\"items\": \"/items\"", "\"items\": \"/jobs\"", "/list/items", "The response that the document describes has no value at '/jobs'")]
    [InlineData("\"createdAt\": \"/created\"", "\"createdAt\": \"/made\"", "/list/createdAt",
        "The response that the document describes has no value at '/made'")]
    [InlineData("\"next\": \"/next\"", "\"next\": \"/more\", \"more\": \"/next\"", "/list/more", "The value at '/next' is of type string")]
    [InlineData("\"cursor\": \"page\"", "\"cursor\": \"cursor\"", "/list/cursor", "'cursor' must be a parameter in the query of GET /v3/predictions")]
    [InlineData("\"cursor\": \"page\"", "\"offset\": \"page\"", "/list/offset", "'offset' must be without 'next'")]
    [InlineData(", \"next\": \"/next\"", "", "/list/cursor", "'cursor' must be with 'next'")]
    [InlineData("\"cursor\": \"page\"", "\"cursor\": \"page\", \"order\": \"oldest-first\"", "/list/order", "'order' must be \"newest-first\"")]
    [InlineData("\"cursor\": \"page\"", "\"cursor\": \"page\", \"sort\": \"x\"", "/list/sort", "'sort' is not a member of a list of jobs")]
    [InlineData("\"GET /v3/predictions\"", "\"POST /v3/{owner}/{model}\"", "/list/operation", "Nothing fills the parameter 'owner'")]
    [InlineData("\"GET /v3/predictions\"", "\"GET /v3/jobs\"", "/list/operation", "'wave.json' has no operation 'GET /v3/jobs'")]
    public void A_list_that_does_not_fit_is_an_error_at_its_member(string old, string replacement, string pointer, string message)
    {
        Assert.Contains(old, _declaration, StringComparison.Ordinal);

        var reading = Read(_declaration.Replace(old, replacement, StringComparison.Ordinal), _document);

        Assert.Contains(reading.Problems, problem => problem.Pointer == pointer && problem.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.Null(reading.Description);
    }

    [Fact]
    public void An_operation_at_another_server_is_an_error_until_the_declaration_names_that_server()
    {
        const string Id = "\"operationId\": \"result\",";
        var document = _document.Replace(Id, Id + "\"servers\": [ { \"url\": \"https://jobs.wave.example/\" } ],", StringComparison.Ordinal);

        var problem = Assert.Single(Read(_declaration, document).Problems);

        Assert.Equal("/status/operation", problem.Pointer);
        Assert.Equal(
            "'GET /v3/predictions/{id}/result' must be an operation of https://api.wave.example; the document has it at https://jobs.wave.example, "
            + "which 'server' can name for all operations", problem.Message);
        var named = _declaration.Replace("\"keys\":", "\"server\": \"https://jobs.wave.example\", \"keys\":", StringComparison.Ordinal);
        Assert.Empty(Read(named, document).Problems);
    }

    [Theory]
    [InlineData("", "an operation whose required headers are in 'headers'; 'X-Wave-Version' is not")]
    [InlineData("\"headers\": { \"X-Wave-Version\": \"1\" },", "an operation that takes '1' in the header 'X-Wave-Version'; it takes 2, 3")]
    [InlineData("\"headers\": { \"x-wave-version\": \"3\" },", null)]
    [InlineData("\"idempotency\": { \"header\": \"X-Wave-Version\" },", null)]
    public void A_header_that_an_operation_requires_must_be_sent(string declared, string? problem)
    {
        const string Header = """{ "name": "X-Wave-Version", "in": "header", "required": true, "schema": { "type": "string", "enum": [ "2", "3" ] } },""";
        var document = _document.Replace("[ { \"name\": \"id\",", "[ " + Header + " { \"name\": \"id\",", StringComparison.Ordinal);

        var reading = Read(_declaration.Replace("\"keys\":", declared + "\"keys\":", StringComparison.Ordinal), document);

        Assert.Equal(problem is null ? [] : ["'GET /v3/predictions/{id}/result' must be " + problem], reading.Problems.Select(one => one.Message));
    }

    [Theory]
    [InlineData("\"/external_task_id\"", "\"/own_id\"", "/ownId", "The body of POST /v3/{owner}/{model} has no value at '/own_id'")]
    [InlineData("{ \"body\": \"/external_task_id\" }", "{}", "/ownId", "'ownId' must be an object with 'body', 'query' or 'header'")]
    [InlineData("\"operation\": \"result\",\n    \"id\": \"/data/id\",", "\"operation\": \"result\",", "/ownId",
        "'ownId' must be a member beside 'id' of 'status'")]
    public void An_own_id_that_does_not_fit_is_an_error_at_its_member(string old, string replacement, string pointer, string message)
    {
        Assert.Contains(old, _declaration, StringComparison.Ordinal);

        var reading = Read(_declaration.Replace(old, replacement, StringComparison.Ordinal), _document);

        Assert.Contains(reading.Problems, problem => problem.Pointer == pointer && problem.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.Null(reading.Description);
    }

    [Fact]
    public void A_cost_that_no_operation_states_is_an_error_where_several_submit()
    {
        var declaration = File.ReadAllText(Repository.PathOf("specs", "leonardo", "leonardo.jobs.json"));
        var document = File.ReadAllText(Repository.PathOf("specs", "leonardo", "leonardo.json"));

        var reading = Read(declaration.Replace("\"/sdGenerationJob/cost/amount\"", "\"/sdGenerationJob/price\"", StringComparison.Ordinal), document);

        Assert.Contains(reading.Problems, problem => problem is { Kind.Id: "ZT0305", Pointer: "/submit/cost/amount" });
        Assert.DoesNotContain(Read(declaration, document).Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);
    }

    private static JobsReading Read(string declaration, string document) =>
        JobsReader.Read(new("wave.jobs.json", declaration), new("wave.json", document), null, TestContext.Current.CancellationToken);
}
