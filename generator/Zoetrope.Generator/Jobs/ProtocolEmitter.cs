using System.Globalization;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes the protocol of a declared provider: straight-line code for its requests and responses over the core's rules for jobs.</summary>
internal sealed class ProtocolEmitter
{
    /// <summary>The parameters of methods that read a response.</summary>
    public const string Parameters = "ref global::System.Text.Json.Utf8JsonReader reader, ref " + CodeGenJobs + ".JobFields job";
    private readonly SourceWriter _writer;
    private readonly BoundProvider _provider;
    private readonly JobsDescription _jobs;
    private readonly FieldReaderEmitter _readers;

    /// <summary>The expression of the model of a handle, as the provider calls it.</summary>
    private string Handle => HasOtherNames ? "ModelOf(handle.EndpointId)" : "handle.EndpointId";

    private bool HasOtherNames => _jobs.Models.Any(model => model.Value != model.Endpoint.Id);

    private ProtocolEmitter(SourceWriter writer, BoundProvider provider)
    {
        (_writer, _provider, _jobs) = (writer, provider, provider.Jobs);
        _readers = new(writer);
    }

    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundProvider provider) => new ProtocolEmitter(writer, provider).Emit();

    private void Emit()
    {
        using var block = _writer.Block($"""
            /// <summary>The job protocol of {_jobs.DisplayName}, from {Literals.Doc(_provider.Source)}.</summary>
            {SourceHeader.Attribute}
            internal sealed class {_provider.Protocol} : {string.Join(", ", Bases())}
            """);
        _writer.Lines($$"""
            internal {{_provider.Protocol}}({{HttpTypes}}.Transport transport, global::System.Uri server, global::System.Uri? baseUrl)
                : base(transport, server, baseUrl)
            {
            }

            {{(_jobs.WebhookSignature is null ? null : $$"""
                /// <summary>Creates a protocol that only reads what webhooks deliver.</summary>
                internal {{_provider.Protocol}}()
                {
                }

                """)}}
            public override string Provider => {{Literals.String(_jobs.Provider)}};

            public override {{ProviderTypes}}.PollSchedule Polling { get; } = new({{Seconds(_jobs.FirstPoll)}}, {{Seconds(_jobs.LongestPoll)}});
            """);
        EmitFacts();
        _writer.Line();
        new SubmitEmitter(_writer, _jobs).Emit();
        EmitStatus();
        new StateEmitter(_writer, _jobs).Emit();
        EmitErrors();
        EmitCosts();
        EmitResults();
        EmitCancel();
        EmitNames();
        WebhookReceiverEmitter.EmitReading(_writer, _jobs, _readers);
        ListEmitter.Emit(_writer, _jobs, _readers, HasOtherNames);
        UploadEmitter.Emit(_writer, _jobs);
        _readers.Emit();
    }

    private IEnumerable<string> Bases()
    {
        yield return CodeGenJobs + ".DeclaredProtocol";
        if (_jobs.Upload is not null)
            yield return UploadTypes + ".IFileUploads";
        if (_jobs.OwnId is not null)
            yield return ProviderTypes + ".IOwnIds";
    }

    private void EmitFacts()
    {
        Fact(_jobs.Idempotency is not null, "public override bool HasIdempotencyKeys => true;");
        Fact(_jobs.Webhook is not null, "protected override bool HasWebhooks => true;");
        Fact(_jobs.WebhookSecret is not null, "protected override bool HasWebhookSecrets => true;");
        Fact(_jobs.HasStatusCodeWords, "protected override bool HasStatusCodeWords => true;");
        Fact(_jobs.IdHeader is not null, $"protected override string? IdHeader => {Literals.String(_jobs.IdHeader ?? "")};");
        Fact(_jobs.ResultRequests.Count > 0, $"protected override int ResultRequests => {DocumentText.Number(_jobs.ResultRequests.Count)};");
        Fact(_jobs.Base64MediaType is not null, $"protected override string? Base64MediaType => {Literals.String(_jobs.Base64MediaType ?? "")};");
        var whole = Literals.Decimal(_jobs.WholeProgress);
        Fact(_jobs.WholeProgress != 1, $"protected override double ProgressOf(decimal progress) => (double)(progress / {whole});");
        Fact(_jobs.RetentionDays is not null, $"public override global::System.TimeSpan? Retention => {Time(_jobs.RetentionDays ?? 0, "Days")};");
        Fact(_jobs.FilesNeedKey, "protected override bool FilesNeedKey => true;");
        Fact(_jobs.FileHours is not null, $"protected override global::System.TimeSpan? FileLifetime => {Time(_jobs.FileHours ?? 0, "Hours")};");
        var last = _jobs.ResultRequests.Count > 0 ? _jobs.ResultRequests[_jobs.ResultRequests.Count - 1].Fields : _jobs.StatusFields;
        Fact(last.Any(field => field.Field == JobField.ExpiresAt), "protected override bool StatesExpiry => true;");
        if (_jobs.Headers.Count == 0)
            return;
        const string Pair = "global::System.Collections.Generic.KeyValuePair<string, string>";
        _writer.Line();
        using var block = _writer.Block(
            $"protected override global::System.Collections.Generic.IReadOnlyList<{Pair}> ConstantHeaders {{ get; }} = new {Pair}[]", end: ";");
        foreach (var header in _jobs.Headers)
            _writer.Line($"new({Literals.String(header.Name)}, {Literals.String(header.Text)}),");

        void Fact(bool isTrue, string line)
        {
            if (isTrue)
                _writer.Line().Line(line);
        }
    }

    private void EmitStatus()
    {
        _writer.Lines($"""

            protected override void ReadReceipt({Parameters}) => {_readers.Add("ReadReceiptFields", _jobs.Receipt)}(ref reader, ref job);

            """);
        EmitStatusPath();
        if (_jobs.Status.Method == "POST")
        {
            _writer.Lines($$"""

                protected override string? StatusBody({{JobHandle}} handle) => {{TemplateText.Body(_jobs.Status, Handle) ?? "\"{}\""}};
                """);
        }
        _writer.Lines($"""

            protected override void ReadStatus({Parameters}) => {_readers.Add("ReadStatusFields", _jobs.StatusFields)}(ref reader, ref job);
            """);
    }

    private void EmitStatusPath()
    {
        var own = _jobs.Models.Where(model => model.Status is not null).GroupBy(model => model.Status!).ToList();
        var usual = TemplateText.Path(_jobs.Status, Handle);
        var head = $"protected override string StatusPath({JobHandle} handle) =>";
        if (own.Count == 0)
        {
            _writer.Line($"{head} {usual};");
            return;
        }
        using var block = _writer.Block(head + " handle.EndpointId switch", end: ";");
        foreach (var group in own)
            _writer.Line($"{Alternatives(group.Select(model => model.Endpoint.Id))} => {TemplateText.Path(group.Key, Handle)},");
        _writer.Line($"_ => {usual},");
    }

    private void EmitErrors()
    {
        if (!_jobs.HasSubmitErrors && !_jobs.HasStatusErrors)
            return;
        _writer.Lines($"""

            protected override bool IsError(bool isSubmit, in {CodeGenJobs}.JobFields job) => isSubmit
                ? {Condition(_jobs.HasSubmitErrors, _jobs.SubmitSuccessCodes)}
                : {Condition(_jobs.HasStatusErrors, _jobs.StatusSuccessCodes)};
            """);

        static string Condition(bool has, EquatableArray<string> success) =>
            has ? $"job.ErrorCode is not (null or {string.Join(" or ", success.DefaultIfEmpty("").Select(Literals.String))})" : "false";
    }

    private void EmitCosts()
    {
        if (_jobs.SubmitCost is null && _jobs.StatusCost is null)
            return;
        _writer.Lines($"""

            protected override {JobMetrics} CostOf(bool isSubmit, in {CodeGenJobs}.JobFields job) => isSubmit
                ? {Metrics(_jobs.SubmitCost)}
                : {Metrics(_jobs.StatusCost)};
            """);

        var when = _jobs.SubmitCost is null ? " states the cost of a job only when it has ended" : " states the cost only in its response to the submit";
        _writer.Lines($"""

            /// <inheritdoc/>
            public override string CostStatement => {Literals.String(_jobs.Provider + when)};
            """);

        static string Metrics(CostRule? cost) => cost is null
            ? JobMetrics + ".None"
            : $"MetricsOf(job, {(cost.Unit is null ? "job.CostUnit" : Literals.String(cost.Unit))}, isCeiling: {(cost.IsCeiling ? "true" : "false")})";
    }

    private void EmitResults()
    {
        if (_jobs.ResultRequests.Count == 0)
            return;
        _writer.Line();
        using (_writer.Block($"protected override string? ResultPath(int index, {JobHandle} handle, in {CodeGenJobs}.JobFields job) => index switch", end: ";"))
        {
            for (var i = 0; i < _jobs.ResultRequests.Count; i++)
            {
                var request = _jobs.ResultRequests[i].Request;
                var missing = string.Join(" || ", TemplateText.Needs(request).Select(name => $"job.{name} is null"));
                _writer.Line($"{DocumentText.Number(i)} => {(missing.Length > 0 ? missing + " ? null : " : "")}{TemplateText.Path(request, Handle)},");
            }
            _writer.Line("_ => null,");
        }
        _writer.Line();
        using (_writer.Block($"protected override void ReadResult(int index, {Parameters})"))
        using (_writer.Block("switch (index)"))
        {
            for (var i = 0; i < _jobs.ResultRequests.Count; i++)
            {
                var step = _jobs.ResultRequests[i];
                if (step.IsFile)
                    continue;
                _writer.Lines($"""
                    case {DocumentText.Number(i)}:
                        {_readers.Add("ReadResult" + DocumentText.Number(i) + "Fields", step.Fields)}(ref reader, ref job);
                        break;
                    """);
            }
            _writer.Lines("""
                default:
                    reader.Skip();
                    break;
                """);
        }
        if (_jobs.ResultRequests.Any(step => step.IsFile))
        {
            var files = _jobs.ResultRequests.Select((step, index) => (step, index)).Where(pair => pair.step.IsFile)
                .Select(pair => "index == " + DocumentText.Number(pair.index));
            _writer.Line().Line($"protected override bool IsFile(int index) => {string.Join(" || ", files)};");
        }
    }

    private void EmitCancel()
    {
        if (_jobs.Cancel is not { } cancel)
            return;
        var flags = new List<string> { "Possible" };
        if (_jobs.CancelsOnlyQueued)
            flags.Add("OnlyWhileQueued");
        if (_jobs.CancelsOnlyRecord)
            flags.Add("OnlyRecord");
        if (_jobs.CancelDeletesEnded)
            flags.Add("DeletesEnded");
        var meaning = string.Join(" | ", flags.Select(flag => CodeGenJobs + ".CancelMeaning." + flag));
        var method = cancel.Method.Substring(0, 1) + cancel.Method.Substring(1).ToLowerInvariant();
        _writer.Lines($$"""

            protected override {{CodeGenJobs}}.CancelMeaning CancelMeaning => {{meaning}};

            protected override (global::System.Net.Http.HttpMethod Method, string Path, string? Body) CancelRequest({{JobHandle}} handle) =>
                (global::System.Net.Http.HttpMethod.{{method}}, {{TemplateText.Path(cancel, Handle)}}, {{TemplateText.Body(cancel, Handle) ?? "null"}});
            """);
    }

    private void EmitNames()
    {
        if (!HasOtherNames)
            return;
        _writer.Line();
        using var block = _writer.Block("private static string ModelOf(string endpointId) => endpointId switch", end: ";");
        foreach (var model in _jobs.Models.Where(model => model.Value != model.Endpoint.Id))
            _writer.Line($"{Literals.String(model.Endpoint.Id)} => {Literals.String(model.Value)},");
        _writer.Line("_ => endpointId,");
    }

    /// <summary>A pattern that matches each of some texts.</summary>
    public static string Alternatives(IEnumerable<string> words) => string.Join(" or ", words.Select(Literals.String));

    private static string Seconds(decimal seconds) => $"global::System.TimeSpan.FromSeconds({Literals.Double(seconds)})";

    /// <summary>A time span as an expression.</summary>
    public static string Time(decimal number, string unit) =>
        $"global::System.TimeSpan.From{unit}({(unit == "Days" ? number.ToString(CultureInfo.InvariantCulture) : Literals.Double(number))})";
}
