using Zoetrope.Generator.Emit;
using Zoetrope.Specs.Jobs;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes how a declared provider takes files.</summary>
internal static class UploadEmitter
{
    private const string Task = "global::System.Threading.Tasks.Task<" + UploadTypes + ".UploadedFile>";

    /// <summary>The parameters of methods that upload a file.</summary>
    private const string Parameters = UploadTypes + ".UploadFile file, " + UploadTypes + ".UploadOptions? options";

    /// <summary>The method of the client.</summary>
    public static string ClientMember(BoundProvider provider) => $$"""
        /// <summary>
        /// Uploads a file, to which a request can then refer: set a member of the request to what this returns, or to its Reference where the member can be of
        /// several types. It is not part of a submit, so a file that could not be uploaded leaves no doubt about a job. The key is sent to the provider only,
        /// never to the storage that it names.
        /// </summary>
        /// <param name="file">The file.</param>
        /// <param name="options">The options; null for the defaults.</param>
        /// <param name="cancellationToken">A token to cancel the upload.</param>
        /// <exception cref="{{UploadTypes}}.UploadException">The file was not uploaded; the exception says which step failed.</exception>
        /// <exception cref="global::System.InvalidOperationException">The client was made with a protocol of your own.</exception>
        public virtual {{Task}} UploadAsync(
            {{Parameters}} = null, global::System.Threading.CancellationToken cancellationToken = default) =>
            Protocol is {{provider.Protocol}} protocol
                ? protocol.UploadAsync(file, options, cancellationToken)
                : throw new global::System.InvalidOperationException("This client has a protocol of its own: override UploadAsync to play uploads.");

        """;

    /// <summary>Writes the members of the protocol; nothing where there is no upload.</summary>
    public static void Emit(SourceWriter writer, JobsDescription jobs)
    {
        if (jobs.Upload is not { } upload)
            return;
        var readers = new FieldReaderEmitter(writer, "UploadFields");
        writer.Line();
        writer.Line($"public {Task} UploadAsync({Parameters}, global::System.Threading.CancellationToken cancellationToken) =>");
        using (writer.Indent())
        using (writer.Block($"UploadAsync(new {CodeGenJobs}.DeclaredUpload", end: ", file, options, cancellationToken);"))
        {
            writer.Line($"Path = file => {TemplateText.Path(upload.Request, "")},");
            if (upload.Members.Count > 0)
                writer.Line("Write = WriteUpload,");
            writer.Line($"Read = {readers.Add("ReadUploadFields", upload.Fields)},");
            if (upload.IsDirect)
                writer.Line("IsDirect = true,");
            if (upload.Part is { } part)
                writer.Line($"Part = {Literals.String(part)},");
            if (upload.MaxBytes is { } most)
                writer.Line($"MaxBytes = {Literals.Int64(most)},");
            if (upload.Hours is { } hours)
                writer.Line($"Lifetime = {ProtocolEmitter.Time(hours, "Hours")},");
        }
        EmitBody(writer, upload);
        readers.Emit();
    }

    private static void EmitBody(SourceWriter writer, UploadRule upload)
    {
        if (upload.Members.Count == 0)
            return;
        writer.Line();
        using var block = writer.Block($"private static void WriteUpload({JsonWriter} writer, {CodeGenJobs}.UploadFacts file)");
        foreach (var member in upload.Members)
        {
            var name = Literals.String(member.Name);
            if (member.Kind != PartKind.Text)
                writer.Line(member.IsJson ? $"writer.WriteNumber({name}, file.Size);" : $"writer.WriteString({name}, {TemplateText.FileValue(member.Kind)});");
            else if (!member.IsJson)
                writer.Line($"writer.WriteString({name}, {Literals.String(member.Text)});");
            else
                writer.Line($"writer.WritePropertyName({name});").Line($"writer.WriteRawValue({Literals.Utf8(member.Text)});");
        }
    }
}
