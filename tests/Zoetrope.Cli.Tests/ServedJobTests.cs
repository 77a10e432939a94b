using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Zoetrope.Cli.Tests;

/// <summary>What the page of a ledger is told of one job.</summary>
public sealed class ServedJobTests : BatchTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_long_history_its_end_is_shown()
    {
        await ImportAsync(new RecordedJob("joba"), new RecordedJob("jobb"));
        using var page = await ServedLedger.StartAsync(Ledger);
        Assert.False((await page.JsonAsync("/api/jobs/joba")).GetProperty("has_earlier_history").GetBoolean());
        await ExecuteAsync(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 700)
            INSERT INTO events(job, version, at, kind, text) SELECT 'joba', 1, 1700000000000 + n, 0, 'entry ' || n FROM numbers
            """);

        var item = await page.JsonAsync("/api/jobs/joba");

        var texts = item.GetProperty("job").GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("text").GetString());
        Assert.Equal(Enumerable.Range(201, 500).Select(n => $"entry {n}"), texts);
        Assert.True(item.GetProperty("has_earlier_history").GetBoolean());
        Assert.False((await page.JsonAsync("/api/jobs/jobb")).GetProperty("has_earlier_history").GetBoolean());
    }

    [Theory]
    [InlineData("handle = 'fal'")]
    [InlineData("outputs = 'no JSON'")]
    [InlineData("input = 'no JSON'")]
    public async Task A_row_that_cannot_be_read_is_an_error_that_names_it(string damage)
    {
        await ImportAsync(new RecordedJob("joba"), new RecordedJob("jobb"));
        await ExecuteAsync($"UPDATE jobs SET {damage} WHERE id = 'joba'");
        using var page = await ServedLedger.StartAsync(Ledger);

        using var response = await page.Client.GetAsync("/api/jobs/joba", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.StartsWith("The row of the job 'joba' cannot be read: ", error.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        (await JobsAsync("show", "joba")).Says("The row of the job 'joba' cannot be read: ");
        Assert.Equal("jobb", (await page.JsonAsync("/api/jobs/jobb")).GetProperty("job").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_job_that_is_known_is_sent_again_only_when_it_has_changed()
    {
        var file = Write("out/a.txt", "content of the file");
        await ImportAsync(new RecordedJob("joba") { State = "delivered", Outputs = [file] }, new RecordedJob("jobb") { State = "in_doubt" });
        using var page = await ServedLedger.StartAsync(Ledger);
        var tag = await TagAsync("jobb", null, HttpStatusCode.OK);
        await TagAsync("jobb", tag, HttpStatusCode.NotModified);
        await TagAsync("joba", tag, HttpStatusCode.OK);

        (await JobsAsync("resolve", "jobb", "--not-accepted", "--yes")).Exits(0);

        var resolved = await TagAsync("jobb", tag, HttpStatusCode.OK);
        Assert.NotEqual(tag, resolved);
        // What waits for a cap, or has another ceiling, has no other version.
        await ExecuteAsync("UPDATE jobs SET reason = 'the cap' WHERE id = 'jobb'");
        var paused = await TagAsync("jobb", resolved, HttpStatusCode.OK);
        await ExecuteAsync("UPDATE jobs SET ceiling = 5 WHERE id = 'jobb'");
        await TagAsync("jobb", paused, HttpStatusCode.OK);
        // A file that goes is a change of what is shown.
        var there = await TagAsync("joba", null, HttpStatusCode.OK);
        File.Delete(file);
        await TagAsync("joba", there, HttpStatusCode.OK);

        async Task<string> TagAsync(string id, string? known, HttpStatusCode status)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}");
            if (known is not null)
                request.Headers.Add("If-None-Match", known);
            using var response = await page.Client.SendAsync(request, Token);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(status == HttpStatusCode.OK, (await response.Content.ReadAsByteArrayAsync(Token)).Length > 0);
            return response.Headers.ETag!.Tag;
        }
    }

    [Fact]
    public async Task What_does_not_show_the_input_does_not_read_it()
    {
        await ImportAsync(new RecordedJob("joba") { State = "delivered", Outputs = [Write("out/a.txt", "content of the file")] });
        using var page = await ServedLedger.StartAsync(Ledger);
        using var first = await page.Client.GetAsync("/api/jobs/joba", Token);
        // Reading it fails.
        await ExecuteAsync("UPDATE jobs SET input = 'no JSON', result = 'no JSON'");

        Assert.Equal("content of the file", await page.Client.GetStringAsync("/files/joba/0", Token));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/jobs/joba");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await page.Client.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Ledger};Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Token));
    }
}
