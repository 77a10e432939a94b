using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;

namespace Zoetrope.Generator.Tests.Jobs;

/// <summary>Declarations of job protocols, held against their documents.</summary>
public class DeclarationTests
{
    private static readonly Spec _declaration = TestFiles.Odd[0];

    private static readonly Spec _document = TestFiles.Odd[1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_of_which_only_some_submits_have_the_header_is_an_error(bool others)
    {
        const string Header = """{ "name": "idempotency-key", "in": "header", "schema": { "type": "string" } }""";
        const string Leaf = "\"operationId\": \"leaf\",";
        const string Make = "\"operationId\": \"make\",\n        \"parameters\": [";
        var document = _document.Replace(Leaf, $"{Leaf} \"parameters\": [{Header}],");
        if (others)
            document = document.Replace(Make, $"{Make} {Header},");

        var generated = new Project([_declaration, document], references: false).Run();

        var errors = generated.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (others)
        {
            Assert.Empty(errors);
            return;
        }
        var error = Assert.Single(errors);
        Assert.Equal("ZT0305", error.Id);
        Assert.StartsWith("POST /make/{kind}, unlike other submits, has no value at 'Idempotency-Key'", error.GetMessage());
        Assert.Equal(_declaration.PlaceOf("\"idempotency\"").Line, error.Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    [Theory]
    [InlineData("\"operation\": \"lookup\"", "\"operation\": \"look-up\"", "ZT0304", "\"look-up\"",
        "'odd.json' has no operation 'look-up'; name one as 'METHOD /path' or by its operationId")]
    [InlineData("\"POST /make/{kind}\"", "\"PUT /make/{kind}\"", "ZT0304", "\"PUT /make/{kind}\"",
        "'odd.json' has no operation 'PUT /make/{kind}'; name one as 'METHOD /path' or by its operationId")]
    [InlineData("\"/why/no\"", "\"/why/not\"", "ZT0305", "\"/why/not\"",
        "The response that the document describes has no value at '/why/not'; '/why' has no, text")]
    [InlineData("\"/ahead\"", "\"/why\"", "ZT0306", "\"/why\"", "The value at '/why' is of type object in the document, but must be integer or number")]
    [InlineData("\"parameters\": { \"ticket\": \"{job}\", \"kind\": \"{model}\" }", "\"parameters\": { \"ticket\": \"{job}\" }", "ZT0307", "\"GET /watch\"",
        "Nothing fills the parameter 'kind' of 'GET /watch'; give its value in 'parameters', such as \"{job}\" or \"{model}\"")]
    [InlineData("\"kind\": \"{model}\" }", "\"kind\": \"{modell}\" }", "ZT0301", "\"{modell}\"",
        "'{modell}' must be a text, {job}, {model}, a segment of the model's id such as {model:0}")]
    [InlineData("\"ticket\": \"{job}\", \"kind\"", "\"ticket\": \"{job}\", \"extra\": \"1\", \"kind\"", "ZT0302", "\"1\"",
        "'extra' is not a member of GET /watch; it has ticket, kind")]
    [InlineData("\"progress\":", "\"progres\":", "ZT0302", "\"/done\"", "'progres' is not a member of a status; it has operation, parameters, body, id, word, ")]
    [InlineData("\"expired\": \"410\"", "\"expired\": \"409\"", "ZT0310", "\"409\",", "'409' is already failed")]
    [InlineData("\"id\": \"owner/name\"", "\"id\": \"picture\"", "ZT0310", "\"picture\", \"value\"", "'picture' is already a model")]
    [InlineData("\"odd.json\"", "\"even.json\"", "ZT0303", "\"even.json\"",
        "'even.json' is not among the documents of this project; vendor it beside the declaration, and name it as ZoetropeSpec")]
    [InlineData("\"succeeded\": \"200\",", "", "ZT0301", "  \"status\"", "'succeeded' must be the word or words of a job that has completed")]
    [InlineData("\"idHeader\": \"X-Odd-Ticket\",", "", "ZT0301", "\"submit\"",
        "'id' must be the pointer of the job's id in the response to a submit, or 'idHeader' its header")]
    [InlineData("\"stops\": \"never\"", "\"stops\": \"perhaps\"", "ZT0301", "\"perhaps\"", "'stops' must be \"always\" for any job that has not ended, ")]
    [InlineData("\"provider\": \"odd\"", "\"provider\": \"Odd One\"", "ZT0301", "\"Odd One\"", "'provider' must be a name of small letters, digits and '-'")]
    [InlineData("\"77\": \"moderated\"", "\"77\": \"censored\"", "ZT0301", "\"censored\"", "'censored' must be one of unknown, invalid-input, moderated, ")]
    [InlineData("\"createsPerMinute\": 600", "\"createsPerMinute\": -1", "ZT0301", "-1", "'createsPerMinute' must be a positive number")]
    [InlineData("{/files/0/file}", "{/files/0/name}", "ZT0305", "{ \"operation\": \"fetch\"", "The response that the document describes has no value at '/files/0/name'")]
    [InlineData("{ \"operation\": \"turn\" }", "{ \"operation\": \"leaf\" }", "ZT0301", "\"id\": \"leaf\"",
        "'operation' must be a GET, as that of the other models")]
    [InlineData("{ \"operation\": \"turn\" }", "{ \"operation\": \"lookup\" }", "ZT0305", "\"id\": \"leaf\"",
        "The response that the document describes has no value at '/done'; it has files")]
    [InlineData("\"ticket\": \"{job}\", \"kind\"", "\"ticket\": \"tickets/{job}\", \"kind\"", "ZT0301", "\"tickets/{job}\"",
        "'tickets/{job}' must be a text, {job}, {model}, ")]
    [InlineData("\"parameters\": { \"kind\": \"picture\" }", "\"parameters\": { \"kind\": \"{job}\" }", "ZT0301", "\"{job}\" }, \"title\"",
        "'{job}' must be a text, {model}, ")]
    [InlineData("\"X-Odd-Version\": \"7\"", "\"Content-Type\": \"7\"", "ZT0301", "\"Content-Type\"", "'Content-Type' must be a header that clients may set")]
    [InlineData("\"name\": \"Odd\",", "\"name\": \"Odd\", \"hosts\": \"https://odd.example\",", "ZT0301", "\"https://odd.example\"",
        "'hosts' must be names of hosts with a dot, such as bfl.ai")]
    [InlineData("\"body\": \"/hook/address\"", "\"body\": \"/hook/adress\"", "ZT0305", "\"webhook\"", "The body of POST ")]
    [InlineData("\"scheme\": \"secret-header\"", "\"scheme\": \"hmac\"", "ZT0301", "\"hmac\"",
        "'scheme' must be \"standard-webhooks\", \"secret-header\", or \"none\" where nothing signs deliveries")]
    [InlineData(", \"header\": \"X-Odd-Secret\"", "", "ZT0301", "\"scheme\"", "'header' must be a string that is not empty")]
    [InlineData("\"X-Odd-Secret\"", "\"X Odd Secret\"", "ZT0301", "\"X Odd Secret\"", "'header' must be the name of a header")]
    [InlineData("\"id\": \"/ticket\",", "", "ZT0301", "\"payload\"", "'payload' must be an object with 'id', which the body of a status does not say")]
    [InlineData("\"schema\": null", "\"schema\": \"#/components/schemas/Wished\"", "ZT0305", "Wished",
        "'odd.json' has no value at '#/components/schemas/Wished'; a schema is named as in #/components/schemas/Name")]
    [InlineData("\"output\": \"/picture\"", "\"output\": \"/picture/*\"", "ZT0301", "\"/picture/*\"",
        "'output' must be a pointer without '*', which would be the first item alone; \"/picture\" is the list of all items")]
    [InlineData("\"/hook/secret\"", "\"/hook/secrets\"", "ZT0305", "\"webhook\"", "The body of POST ")]
    [InlineData("\"failed\": { \"NO\": \"moderated\" }", "\"failed\": \"202\"", "ZT0310", "\"failed\": \"202\"", "'202' is already running")]
    [InlineData("{ \"operation\": \"lookup\" }", "{ \"operation\": \"stop\" }", "ZT0301", "{ \"operation\": \"stop\" }", "'operation' must be a GET")]
    public void What_is_wrong_is_an_error_at_its_line_and_no_client_is_generated(string old, string replacement, string id, string at, string message)
    {
        var changed = _declaration.Replace(old, replacement);

        var generated = new Project([changed, _document], references: false).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(id, diagnostic.Id);
        Assert.StartsWith(message, diagnostic.GetMessage());
        var span = diagnostic.Location.GetLineSpan();
        Assert.Equal((changed.Path, changed.PlaceOf(at).Line), (span.Path, span.StartLinePosition.Line + 1));
        Assert.DoesNotContain("Demo.Models.OddClient.g.cs", generated.Sources.Keys);
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_word_of_the_document_that_the_declaration_lacks_is_a_warning_at_its_line_of_the_document()
    {
        var (declaration, document) = WithWords("\"succeeded\": \"done\", \"failed\": \"broken\"", "\"done\",\n  \"broken\",\n  \"paused\"");

        var diagnostic = Assert.Single(OfJobs(new Project([declaration, document], references: false).Run()));

        Assert.Equal(("ZT0308", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.DefaultSeverity));
        Assert.Equal("The declaration 'odd.jobs.json' does not say what 'paused' means, so it counts as running; add it to one of the states there",
            diagnostic.GetMessage());
        Assert.Equal((document.Path, document.PlaceOf("\"paused\"").Line),
            (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1));
    }

    [Fact]
    public void Alternatives_that_lead_back_to_themselves_are_followed_once()
    {
        var document = _document.Replace("\"Wish\": {", "\"Loop\": { \"oneOf\": [ { \"$ref\": \"#/components/schemas/Loop\" }, "
            + "{ \"$ref\": \"#/components/schemas/Loop\" } ] },\n \"Wish\": {")
            .Replace("\"why\": { \"type\"", "\"loop\": { \"$ref\": \"#/components/schemas/Loop\" }, \"why\": { \"type\"");
        var declaration = _declaration.Replace("\"/why/no\"", "\"/loop/loop/no\"");

        Assert.Contains(new Project([declaration, document], references: false).Run().Diagnostics, found => found.Id == "ZT0305");
    }

    [Fact]
    public void A_second_declaration_of_one_name_is_an_error()
    {
        var other = _declaration.Replace("\"provider\": \"odd\"", "\"provider\": \"other\"") with { Path = "specs/odd/other.jobs.json" };

        var generated = new Project([_declaration, other, _document], references: false).Run();

        var diagnostic = Assert.Single(OfJobs(generated));
        Assert.Equal(("ZT0310", other.Path), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_model_that_is_called_as_its_client_has_another_class()
    {
        var generated = new Project([_declaration.Replace("\"owner/name\"", "\"odd client\""), _document], references: false).Run();

        Assert.Contains("Demo.Models.OddClientModel.g.cs", generated.Sources.Keys);
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_word_of_the_declaration_that_the_document_lacks_is_a_warning_in_the_declaration()
    {
        var (declaration, document) = WithWords("\"succeeded\": \"done\", \"failed\": \"brokn\"", "\"done\", \"broken\"");

        var diagnostics = new Project([declaration, document], references: false).Run().Diagnostics.Where(found => found.Id == "ZT0309");

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("The document has no state 'brokn'; it has 'done', 'broken'", diagnostic.GetMessage());
        Assert.Equal(declaration.Path, diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void A_proposal_generates_no_client_and_says_so()
    {
        var proposal = _declaration.Replace("\"provider\":", "\"confirmed\": false,\n  \"provider\":");

        var generated = new Project([proposal, _document], references: false).Run();

        Assert.Equal("ZT0311", Assert.Single(OfJobs(generated)).Id);
        Assert.DoesNotContain("Demo.Models.OddClient.g.cs", generated.Sources.Keys);
    }

    [Fact]
    public void The_client_of_the_whole_API_gives_way_to_the_client_of_its_jobs()
    {
        var generated = new Project([_declaration, _document], references: false).Run();

        Assert.Contains("public partial class OddClient ", generated.Source("Demo.Models.OddClient.g.cs"));
        Assert.Contains(generated.Sources.Values, text => text.Contains("partial class OddApiClient", StringComparison.Ordinal));
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_name_that_was_locked_before_the_declaration_gives_way_without_a_warning_and_is_locked_anew()
    {
        VendoredFile[] before = [FileOf(_document)];
        var locked = LockUpdates.Of(null, before, _ => "here", "2026-01-01");
        Assert.Contains(locked.Names, name => name.Name == "Odd");
        var file = new Spec("specs/specs.lock.json", LockWriter.Write(locked));

        var generated = new Project([_declaration, _document, file], references: false).Run();
        var updated = LockUpdates.Of(locked, [.. before, FileOf(_declaration)], _ => "here", "2026-01-01");

        Assert.DoesNotContain(generated.Diagnostics, found => found.DefaultSeverity >= DiagnosticSeverity.Warning);
        Assert.Contains(generated.Sources.Values, text => text.Contains("partial class OddApiClient", StringComparison.Ordinal));
        Assert.Empty(generated.Errors());
        Assert.Equal("OddApi", updated.Names.Last(name => name.Key == locked.Names.First(old => old.Name == "Odd").Key).Name);
        // What is locked so stays, and is what the project has.
        var again = new Project([_declaration, _document, file with { Text = LockWriter.Write(updated) }], references: false).Run();
        Assert.Equal(generated.Sources.Keys.Order(StringComparer.Ordinal), again.Sources.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(again.Diagnostics, found => found.DefaultSeverity >= DiagnosticSeverity.Warning);

        static VendoredFile FileOf(Spec spec) => new(spec.Path["specs/".Length..], new('0', 64), SpecReader.Read(spec.Text).Document);
    }

    [Fact]
    public void A_name_of_the_project_that_the_declared_client_has_is_a_warning_that_names_the_client()
    {
        var generated = new Project([_declaration, _document with { Name = "Odd" }], references: false).Run();

        var warning = Assert.Single(generated.Diagnostics, found => found.Id == "ZT0131");
        Assert.Contains("the declared client OddClient", warning.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_compiles_in_the_oldest_language_version()
    {
        var generated = new Project([_declaration, _document], LanguageVersion.CSharp11, references: false).Run();

        Assert.Empty(generated.Errors());
        Assert.Contains("class OddClient", generated.Source("Demo.Models.OddClient.g.cs"));
    }

    [Fact]
    public async Task The_analyzer_reports_what_the_generator_reports()
    {
        var project = new Project([_declaration.Replace("\"/why/no\"", "\"/why/not\""), _document], references: false);

        var analyzed = await project.AnalyzeAsync();

        Assert.Equal(
            project.Run().Diagnostics.Select(found => found.ToString()).Order(StringComparer.Ordinal),
            analyzed.Select(found => found.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_edit_elsewhere_declares_nothing_again()
    {
        var project = new Project([.. TestFiles.Kling, _declaration, _document]);

        var rerun = Rerun.Of(project, TestFiles.FalPage.Path, page => page.Replace("Kling", "Kring"));

        foreach (var name in new[] { StageNames.JobsDeclare, StageNames.JobsEmit })
        {
            Assert.NotEmpty(rerun.Changes(name));
            Assert.All(rerun.Changes(name), change => Assert.True(change is RowChange.Cached or RowChange.Unchanged, $"{name}: {change}"));
        }
    }

    private static IEnumerable<Diagnostic> OfJobs(Generated generated) =>
        generated.Diagnostics.Where(found => found.Id.StartsWith("ZT03", StringComparison.Ordinal));

    private static (Spec Declaration, Spec Document) WithWords(string declared, string listed)
    {
        var declaration = _declaration.Text;
        var start = declaration.IndexOf("\"word\":", StringComparison.Ordinal);
        var end = declaration.IndexOf("\"progress\"", StringComparison.Ordinal);
        return (
            _declaration with { Text = declaration[..start] + "\"word\": \"/state\", " + declared + ",\n    " + declaration[end..] },
            _document.Replace("\"done\": { \"type\": \"number\" }", "\"state\": { \"enum\": [" + listed + "] },\n \"done\": { \"type\": \"number\" }"));
    }
}
