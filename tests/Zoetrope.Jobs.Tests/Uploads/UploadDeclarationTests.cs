using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>Uploads that do not fit their document: each is an error at its member, and no client is generated.</summary>
public sealed class UploadDeclarationTests
{
    private const string Transfer = "odd";
    private const string Direct = "wave";

    [Theory]
    [InlineData("\"operation\": \"shelve\"", "\"operation\": \"shelf\"", "/upload/operation", "ZT0304", "'odd.json' has no operation 'shelf'")]
    [InlineData("\"operation\": \"shelve\"", "\"operation\": \"turn\"", "/upload/operation", "ZT0301", "'operation' must be a POST")]
    [InlineData("\"operation\": \"shelve\",\n    \"parameters\": { \"place\": \"{kind}\" }", "\"operation\": \"leaf\"", "/upload/operation", "ZT0301",
        "'operation' must be one that takes JSON")]
    [InlineData("\"place\": \"{kind}\"", "\"place\": \"{job}\"", "/upload/parameters/place", "ZT0301",
        "'{job}' must be a text, or {name}, {type}, {size}, {extension}, {kind}")]
    [InlineData("\"parameters\": { \"place\": \"{kind}\" },", "", "/upload/operation", "ZT0307", "Nothing fills the parameter 'place'")]
    [InlineData("\"title\": \"{name}\"", "\"title\": \"{model}\"", "/upload/body/title", "ZT0301", "'{model}' must be a text, or {name}")]
    [InlineData("\"title\": \"{name}\"", "\"heading\": \"{name}\"", "/upload/body/heading", "ZT0305",
        "The body of POST /shelf/{place} has no value at '/heading'")]
    [InlineData("\"title\": \"{name}\", ", "", "/upload/body", "ZT0301", "'body' must be an object with 'title', which POST /shelf/{place} requires")]
    [InlineData("\"bytes\": \"{size}\"", "\"bytes\": \"{name}\"", "/upload/body/bytes", "ZT0306",
        "The value at '/bytes' is of type integer in the document, but must be a string")]
    [InlineData("\"bytes\": \"{size}\"", "\"bytes\": 1.5", "/upload/body/bytes", "ZT0306",
        "The value at '/bytes' is of type integer in the document, but must be a number")]
    [InlineData("\"bytes\": \"{size}\"", "\"bytes\": \"5\"", "/upload/body/bytes", "ZT0306",
        "The value at '/bytes' is of type integer in the document, but must be a string")]
    [InlineData("\"title\": \"{name}\"", "\"title\": 5", "/upload/body/title", "ZT0306",
        "The value at '/title' is of type string in the document, but must be a number")]
    [InlineData("\"long\": true", "\"long\": \"true\"", "/upload/body/long", "ZT0306",
        "The value at '/long' is of type boolean in the document, but must be a string")]
    [InlineData("\"of\": \"odd\"", "\"of\": false", "/upload/body/of", "ZT0306", "The value at '/of' is of type string in the document, but must be a boolean")]
    [InlineData("\"long\": true", "\"long\": \"{size}\"", "/upload/body/long", "ZT0306", "The value at '/long' is of type boolean")]
    [InlineData("\"of\": \"odd\"", "\"of\": \"prime\"", "/upload/body/of", "ZT0301", "'prime' must be one of odd, even")]
    [InlineData("\"of\": \"odd\"", "\"of\": []", "/upload/body/of", "ZT0301", "'of' must be a text, a number or a boolean")]
    [InlineData("\"address\": \"/where/to\"", "\"address\": \"/where/from\"", "/upload/address", "ZT0305", "The response that the document describes")]
    [InlineData("\"address\": \"/where/to\"", "\"address\": \"/where/with\"", "/upload/address", "ZT0306", "The value at '/where/with' is of type object")]
    [InlineData("\"address\": \"/where/to\"", "\"address\": \"where\"", "/upload/address", "ZT0301", "'where' must be a JSON pointer")]
    [InlineData("\"headers\": \"/where/with\"", "\"method\": \"PATCH\"", "/upload/method", "ZT0301", "'method' must be \"PUT\", or \"POST\"")]
    [InlineData("\"headers\": \"/where/with\"", "\"method\": \"POST\", \"headers\": \"/where/with\"", "/upload/headers", "ZT0301", "'headers' must be absent")]
    [InlineData("\"headers\": \"/where/with\"", "\"fields\": \"/where/with\"", "/upload/fields", "ZT0301", "'fields' must be absent unless")]
    [InlineData("\"reference\": \"/name\",", "", "/upload", "ZT0301", "'reference' must be a string that is not empty")]
    [InlineData("\"maxBytes\": 5000000", "\"maxBytes\": 0.5", "/upload/maxBytes", "ZT0301", "'maxBytes' must be a whole number of bytes")]
    [InlineData("\"maxBytes\": 5000000", "\"maxSize\": 5", "/upload/maxSize", "ZT0302", "'maxSize' is not a member of an upload")]
    public void An_upload_at_an_address_that_does_not_fit_is_an_error(string old, string replacement, string pointer, string id, string message) =>
        AssertError(Transfer, old, replacement, pointer, id, message);

    [Theory]
    [InlineData("\"file\": \"file\"", "\"file\": \"document\"", "/upload/file", "ZT0305", "The body of POST /media/upload/binary has no value at '/document'")]
    [InlineData("\"folder\": \"inputs\"", "\"file\": \"inputs\"", "/upload/body/file", "ZT0310", "'file' is already the part with the file")]
    [InlineData("\"file\": \"file\",", "", "/upload", "ZT0301", "'file' must be a string that is not empty")]
    [InlineData("\"file\": \"file\"", "\"file\": \"file\", \"method\": \"PUT\"", "/upload/method", "ZT0301", "'method' must be absent without 'address'")]
    [InlineData("\"operation\": \"uploadMedia\"", "\"operation\": \"slot\"", "/upload/operation", "ZT0301",
        "'operation' must be one that takes a form with parts (multipart/form-data); where it responds with an address for the file, name that in 'address'")]
    [InlineData("\"bytes\": \"{size}\"", "\"bytes\": \"{name}\"", "/upload/body/bytes", "ZT0306", "The value at '/bytes' is of type integer")]
    [InlineData("\"keep\": true", "\"keep\": \"yes\"", "/upload/body/keep", "ZT0306", "The value at '/keep' is of type boolean")]
    [InlineData("\"folder\": \"inputs\"", "\"shelf\": \"inputs\"", "/upload/body/shelf", "ZT0305", "The body of POST /media/upload/binary")]
    [InlineData("\"operation\": \"uploadMedia\"", "\"operation\": \"POST /v3/{owner}/{model}\"", "/upload/operation", "ZT0307", "Nothing fills the parameter")]
    [InlineData("\"reference\": \"/data/download_url\"", "\"reference\": \"/data/url\"", "/upload/reference", "ZT0305",
        "The response that the document describes has no value at '/data/url'; '/data' has download_url, type")]
    public void An_upload_in_a_form_that_does_not_fit_is_an_error(string old, string replacement, string pointer, string id, string message) =>
        AssertError(Direct, old, replacement, pointer, id, message);

    [Theory]
    [InlineData(Transfer)]
    [InlineData(Direct)]
    public void What_fits_is_no_problem(string provider) => Assert.Empty(Read(provider, text => text).Problems);

    [Fact]
    public void A_null_is_as_good_as_absent()
    {
        var reading = Read(Direct, text => text.Replace(
            "\"file\": \"file\"", "\"file\": \"file\", \"address\": null, \"method\": null, \"fields\": null, \"headers\": null", StringComparison.Ordinal));

        Assert.Empty(reading.Problems);
        Assert.True(reading.Description!.Upload!.IsDirect);
    }

    [Fact]
    public void The_document_says_what_the_simulator_responds_with()
    {
        var runway = Upload("runway");
        var leonardo = Upload("leonardo");

        Assert.Equal(("runway", false, true), (runway.ReferenceScheme, runway.HasFieldsInText, leonardo.HasFieldsInText));
    }

    private static UploadRule Upload(string provider)
    {
        string Text(string name) => File.ReadAllText(Repository.PathOf("specs", provider, name));
        return JobsReader.Read(
            new(provider + ".jobs.json", Text(provider + ".jobs.json")), new(provider + ".json", Text(provider + ".json")), null,
            TestContext.Current.CancellationToken).Description!.Upload!;
    }

    private static void AssertError(string provider, string old, string replacement, string pointer, string id, string message)
    {
        var reading = Read(provider, text =>
        {
            var at = text.IndexOf("\"upload\":", StringComparison.Ordinal);
            Assert.Contains(old, text[at..], StringComparison.Ordinal);
            return text[..at] + text[at..].Replace(old, replacement, StringComparison.Ordinal);
        });

        Assert.Contains(reading.Problems, problem => (problem.Pointer, problem.Kind.Id) == (pointer, id)
            && problem.Kind.Severity == ProblemSeverity.Error && problem.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.Null(reading.Description);
    }

    private static JobsReading Read(string provider, Func<string, string> change)
    {
        string Text(string name) => File.ReadAllText(Repository.PathOf("tests", "Zoetrope.Jobs.Tests", "specs", name));
        return JobsReader.Read(
            new(provider + ".jobs.json", change(Text(provider + ".jobs.json"))), new(provider + ".json", Text(provider + ".json")), null,
            TestContext.Current.CancellationToken);
    }
}
