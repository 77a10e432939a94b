using System.Buffers;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Json;

namespace Zoetrope.Cli;

/// <summary>
/// Reports errors on stderr: lines, or, where the command line has <c>--json</c> or <c>ZOETROPE_ERRORS=json</c> is set, one JSON object in a line of its own,
/// which is the last one.
/// </summary>
internal static class ErrorOutput
{
    private const string Variable = "ZOETROPE_ERRORS";

    /// <summary>Whether errors are JSON.</summary>
    public static bool IsJson { get; private set; } = IsAskedByVariable;

    private static bool IsAskedByVariable => Environment.GetEnvironmentVariable(Variable) == "json";

    /// <summary>Decides by the command line, also by one that is wrong.</summary>
    public static void Choose(ParseResult parsed) =>
        IsJson = IsAskedByVariable || HasJson(parsed);

    /// <summary>Whether a command line has <c>--json</c>.</summary>
    public static bool HasJson(ParseResult parsed) =>
        parsed.Tokens.Any(token => token is { Type: TokenType.Option, Value: "--json" }) || parsed.UnmatchedTokens.Contains("--json");

    /// <summary>Writes the object: <c>{"error":{…}}</c>.</summary>
    /// <param name="report">What went wrong.</param>
    /// <param name="resume">The command that resumes the job; null where there is none.</param>
    /// <param name="mayBePaid">Whether a job that is paid for may exist.</param>
    /// <param name="details">The stack trace, where it was asked for.</param>
    public static void Write(ErrorReport report, string? resume, bool mayBePaid, string? details)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, report, resume, mayBePaid, details);
        Console.Error.WriteLine(JsonOutput.Line(RawJson.Parse(buffer.WrittenSpan)));
    }

    private static void Write(Utf8JsonWriter writer, ErrorReport report, string? resume, bool mayBePaid, string? details)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", report.Code);
        writer.WriteNumber("exit_code", report.ExitCode);
        writer.WriteString("message", string.Join("; ", report.Problems.Select(problem => problem.ToString())));
        writer.WriteStartArray("problems");
        foreach (var problem in report.Problems)
        {
            writer.WriteStartObject();
            if (problem.Path.Length > 0)
                writer.WriteString("member", problem.Path);
            if (problem.Rule is { } rule)
                writer.WriteString("rule", JsonNamingPolicy.SnakeCaseLower.ConvertName(rule.ToString()));
            writer.WriteString("message", problem.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStrings("hints", report.Hints);
        if (report.Handle is { } handle)
            writer.WriteString("handle", handle.ToString());
        if (resume is not null)
            writer.WriteString("resume", resume);
        writer.WriteBoolean("may_be_paid", mayBePaid);
        if (details is not null)
            writer.WriteString("details", details);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
