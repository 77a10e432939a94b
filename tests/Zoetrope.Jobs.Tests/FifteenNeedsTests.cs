using System.Text.Json.Nodes;
using Zoetrope.Jobs.Tests.Providers;
using Zoetrope.Jobs.Tests.Uploads;
using Zoetrope.Jobs.Tests.Webhooks;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Jobs.Tests;

/// <summary>
/// What a declaration must be able to say, which vendored declaration says it, and the tests that hold it. The declarations of the tests say the rest of it.
/// </summary>
public sealed class FifteenNeedsTests
{
    private const string Own = "tests/Zoetrope.Jobs.Tests/specs/odd.jobs.json";

    /// <summary>The need, the declaration, the members with which it says it, and the tests.</summary>
    public static TheoryData<int, string, string[], Type> Needs => new()
    {
        // Base addresses, the header with the key, constant headers.
        { 1, "together", ["/server"], typeof(TogetherTests) },
        { 1, "bfl", ["/auth/header"], typeof(BlackForestLabsTests) },
        { 1, "runway", ["/headers/X-Runway-Version"], typeof(RunwayTests) },
        // Operations that submit, where the input goes, and where the model.
        { 2, "runway", ["/models/0/operation", "/submit/modelMember"], typeof(RunwayTests) },
        { 2, "replicate", ["/submit/input", "/submit/parameters/model_owner"], typeof(ReplicateTests) },
        { 2, Own, ["/submit/input", "/submit/constants/flavor"], typeof(OddProviderTests) },
        // The id, in one of several places or a header, and addresses that are trusted by their hosts.
        { 3, "leonardo", ["/submit/id/1"], typeof(LeonardoTests) },
        { 3, "topaz", ["/submit/idHeader"], typeof(TopazTests) },
        { 3, "bfl", ["/submit/statusUrl", "/hosts"], typeof(BlackForestLabsTests) },
        // The status request, also of a model of its own, and HTTP statuses as words.
        { 4, "bfl", ["/status/parameters/id"], typeof(BlackForestLabsTests) },
        { 4, "elevenlabs", ["/models/3/status/operation"], typeof(ElevenLabsTests) },
        { 4, Own, ["/status/parameters/kind"], typeof(OddProviderTests) },
        // Words.
        { 5, "replicate", ["/status/queued", "/status/canceled/1"], typeof(ReplicateTests) },
        { 5, "bfl", ["/status/failed/Request Moderated", "/status/expired"], typeof(BlackForestLabsTests) },
        // Errors inside responses of success.
        { 6, "wavespeed", ["/submit/error/success", "/status/error/code"], typeof(WaveSpeedTests) },
        { 6, Own, ["/submit/error/success"], typeof(OddProviderTests) },
        // Results by further requests, and when their files expire.
        { 7, "topaz", ["/result/requests/0/operation", "/result/expiresAt"], typeof(DocumentedFactTests) },
        { 7, "runway", ["/result/expiresAfterHours"], typeof(DocumentedFactTests) },
        { 7, Own, ["/result/requests/1/isFile"], typeof(OddProviderTests) },
        // Failures and their kinds.
        { 8, "elevenlabs", ["/status/failure/code", "/status/failure/kinds/moderated"], typeof(ElevenLabsTests) },
        // Progress, the least time between polls, retention.
        { 9, "runway", ["/status/progress", "/polling/first"], typeof(RunwayTests) },
        { 9, "topaz", ["/retentionDays", "/status/wholeProgress"], typeof(DocumentedFactTests) },
        { 9, Own, ["/status/position"], typeof(OddProviderTests) },
        // Cost.
        { 10, "runway", ["/submit/cost/isCeiling", "/status/cost/amount"], typeof(DocumentedFactTests) },
        { 10, "leonardo", ["/submit/cost/unit/0"], typeof(DocumentedFactTests) },
        // What a cancel means.
        { 11, "runway", ["/cancel/deletesEnded"], typeof(RunwayTests) },
        { 11, "luma", ["/cancel/stops"], typeof(LumaTests) },
        // Webhooks.
        { 12, "replicate", ["/webhook/body", "/webhook/signature/scheme", "/webhook/payload/model"], typeof(StandardWebhookTests) },
        { 12, "bfl", ["/webhook/secret/body"], typeof(BlackForestLabsTests) },
        // Idempotency keys.
        { 13, "higgsfield", ["/idempotency/header"], typeof(HiggsfieldTests) },
        { 13, Own, ["/idempotency/header"], typeof(OddProviderTests) },
        // Lists.
        { 14, "replicate", ["/list/next", "/list/createdAfter", "/list/order"], typeof(ListTests) },
        { 14, "luma", ["/list/offset", "/list/more"], typeof(ListTests) },
        { 14, "elevenlabs", ["/list/1/cursor", "/list/1/modelFilter"], typeof(ListTests) },
        // Uploads: a form with signed fields, fields in a text, a PUT with headers, and a form with the file itself.
        { 15, "runway", ["/upload/address", "/upload/fields"], typeof(ProviderUploadTests) },
        { 15, "leonardo", ["/upload/fields", "/upload/body/extension"], typeof(ProviderUploadTests) },
        { 15, "replicate", ["/upload/file", "/upload/expiresAt", "/upload/maxBytes"], typeof(ProviderUploadTests) },
        { 15, Own, ["/upload/headers", "/upload/parameters/place"], typeof(UploadTests) },
    };

    [Theory]
    [MemberData(nameof(Needs))]
    public void A_declaration_says_it_and_has_tests(int need, string provider, string[] members, Type tests)
    {
        Assert.InRange(need, 1, 15);
        var path = Repository.PathOf(provider.Contains('/', StringComparison.Ordinal) ? provider : $"specs/{provider}/{provider}.jobs.json");
        var text = File.ReadAllText(path);
        var root = JsonNode.Parse(text);

        Assert.All(members, member => Assert.True(Find(root, member) is not null, $"{provider} says nothing at {member}"));
        Assert.Contains(tests.GetMethods(), method => method.IsDefined(typeof(FactAttribute), inherit: true));
        var files = SpecReader.Read(text).Document!.Declaration!;
        var reading = JobsReader.Read(
            new(Path.GetFileName(path), text), DeclaredDocuments.Merge([.. files.Documents.Select(Named)], EquatableArray<string>.Empty),
            files.Schemas is { } schemas ? Named(schemas) : null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(reading.Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);

        NamedDocument Named(string name) => new(name, File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, name)));
    }

    [Fact]
    public void Every_need_is_in_the_table()
    {
        var covered = Needs.Select(row => row.Data.Item1).Distinct();

        Assert.Equal(Enumerable.Range(1, 15), covered.Order());
    }

    private static JsonNode? Find(JsonNode? at, string pointer) => pointer.Split('/').Skip(1).Aggregate(at, (node, step) =>
        node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node?[step]);
}
