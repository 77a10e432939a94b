using System.Text;
using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>Files of this machine in the lines of a batch.</summary>
public sealed class BatchFileTests : BatchTest
{
    private int Uploads => Simulator.Requests.Count(request => request.Operation == SimulatorOperation.Upload);

    [Fact]
    public async Task Each_content_is_uploaded_once_and_a_restart_uploads_and_sends_nothing_again()
    {
        var one = Picture("one.png", 640, 480);
        var same = Picture("same.png", 640, 480);
        var other = Picture("other.png", 800, 600);
        var file = Write("shots.jsonl", JsonLine("a", one) + JsonLine("b", same) + JsonLine("c", other) + JsonLine("d", one));

        var first = (await CliProcess.RunAsync(Batch(file, "--json"))).Exits(0);

        first.Says("Uploading 2 files (66 bytes).").Says("4 of 4 jobs of 'shots.jsonl' are done; ");
        var uploads = Uploads;
        Assert.InRange(uploads, 2, 6);
        var sent = Submitted();
        Assert.Equal((4, 2), (sent.Count, sent.Values.Distinct().Count()));
        Assert.Equal((sent["a"], sent["a"]), (sent["b"], sent["d"]));
        Assert.All(sent.Values, url => Assert.StartsWith("http", url, StringComparison.Ordinal));

        (await CliProcess.RunAsync(Batch(file))).Exits(0).Says("4 of 4 inputs are jobs of 'shots.jsonl' already");
        Assert.Equal((uploads, 4), (Uploads, Simulator.Submits));

        // The same content for a new line, and for all lines once more.
        Write("shots.jsonl", await File.ReadAllTextAsync(file) + JsonLine("e", other));
        (await CliProcess.RunAsync(Batch(file, "--again"))).Exits(0);
        Assert.Equal((uploads, 9), (Uploads, Simulator.Submits));
    }

    [Fact]
    public async Task A_file_whose_content_has_changed_is_another_job()
    {
        var file = Write("shots.jsonl", JsonLine("a", Picture("one.png", 640, 480)));
        (await CliProcess.RunAsync(Batch(file))).Exits(0).Says("Uploading 1 file (33 bytes).");
        Picture("one.png", 800, 600);

        (await CliProcess.RunAsync(Batch(file))).Exits(0).Says("Uploading 1 file (33 bytes).").Says("2 of 2 jobs of 'shots.jsonl' are done; ");

        Assert.Equal(2, Simulator.Submits);
    }

    [Fact]
    public async Task A_table_and_an_input_of_all_lines_name_files_too()
    {
        var (one, all) = (Picture("one.png", 640, 480), Picture("all.png", 800, 600));
        var table = Write("shots.csv", $"$id,prompt,image_url\na,a,@{one}\nb,b,\n");

        (await CliProcess.RunAsync(Batch(table, "--input", "image_url=@" + all))).Exits(0).Says("Uploading 2 files (66 bytes).");

        var sent = Submitted();
        Assert.Equal(2, sent.Values.Distinct().Count());
        (await CliProcess.RunAsync(Batch(table, "--input", "image_url=@" + all))).Exits(0).Says("2 of 2 inputs are jobs of 'shots.csv' already");
        Assert.Equal(2, Simulator.Submits);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_not_allowed_is_a_problem_of_its_line_before_anything_is_sent()
    {
        var file = Write(
            "shots.jsonl",
            JsonLine("good", Picture("good.png", 640, 480)) + JsonLine("missing", "gone.png") + JsonLine("narrow", Picture("narrow.png", 100, 480)));

        var result = (await CliProcess.RunAsync(Batch(file))).Exits(2);

        Assert.Contains(result.ErrorLines, line => line.Contains("line 2: image_url: there is no file 'gone.png'", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("line 3: image_url: ", StringComparison.Ordinal)
            && line.Contains("a width of at least 300 pixels", StringComparison.Ordinal));
        Assert.Empty(Simulator.Requests);
        Assert.False(File.Exists(Ledger));
    }

    [Fact]
    public async Task A_prompt_that_begins_with_an_at_sign_is_a_text()
    {
        var file = Write("shots.jsonl", Line("@Element1 dances"));

        (await CliProcess.RunAsync(Batch(file))).Exits(0);

        Assert.Equal(0, Uploads);
        Assert.Equal("@Element1 dances", Assert.Single(Submitted().Keys));
    }

    [Fact]
    public async Task A_path_without_a_file_and_a_file_as_a_prompt_are_not_paid_for_as_texts()
    {
        var notes = JsonSerializer.Serialize("@" + Write("notes.txt", "p"));
        string[] members =
        [
            """ "start_frame":"@typo.png" """, """ "elements":[{"front":"@stills/typo"}] """, $""" "prompt":{notes} """,
            $$""" "shots":[{"prompt":{{notes}}}] """,
        ];
        var lines = members.Select((member, i) => $$"""{"$id":"{{i}}","$model":"fal-ai/own/model",{{member}}}""" + "\n");

        var result = (await CliProcess.RunAsync(Batch(Write("shots.jsonl", string.Concat(lines))))).Exits(2);

        result.Says("line 1: start_frame: there is no file 'typo.png'; write @@ for a text that begins with @");
        result.Says("line 2: elements[0].front: there is no file 'stills/typo'; ");
        result.Says("line 3: prompt: is a text, and '").Says("line 4: shots[0].prompt: is a text, and '");
        Assert.Empty(Simulator.Requests);
    }

    [Fact]
    public async Task Files_are_found_at_any_depth_in_lines_and_in_cells()
    {
        var path = Picture("one.png", 640, 480);
        var nested = $$"""[{"front":{{JsonSerializer.Serialize("@" + path)}},"note":"@Element1"}]""";
        var line = $$"""{"$id":"a","prompt":"@@notes.txt","elements":{{nested}}}""" + "\n";
        var cell = $"$id,prompt,elements\na,@@notes.txt,\"{nested.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n";
        foreach (var file in new[] { Write("shots.jsonl", line), Write("shots.csv", cell) })
        {
            await CliProcess.RunAsync([.. Batch(file).Select(one => one == Kling.Neutral ? "fal-ai/own/model" : one)]);

            var submit = Simulator.Requests.Last(request => request.Operation == SimulatorOperation.Submit);
            using var document = JsonDocument.Parse(submit.Body);
            var element = document.RootElement.GetProperty("elements")[0];
            Assert.Equal(("@notes.txt", "@Element1"), (document.RootElement.GetProperty("prompt").GetString(), element.GetProperty("note").GetString()));
            Assert.StartsWith(Simulator.BaseUrl.ToString(), element.GetProperty("front").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(2, Simulator.Requests.Count(request => request.Operation == SimulatorOperation.Submit));
    }

    [Fact]
    public async Task A_batch_that_stopped_after_its_uploads_uploads_nothing_again()
    {
        var file = Write("shots.jsonl", JsonLine("a", Picture("one.png", 640, 480)));
        // The cap leaves no room: the job is recorded, and its file was uploaded.
        (await CliProcess.RunAsync(Batch(file, "--max-cost", "0.01"))).Exits(4).Says("Uploading 1 file");
        var uploads = Uploads;

        (await CliProcess.RunAsync(Batch(file, "--max-cost", "20"))).Exits(0);

        Assert.Equal((uploads, 1), (Uploads, Simulator.Submits));
    }

    [Fact]
    public async Task A_job_that_was_recorded_for_one_server_is_sent_to_another_with_a_file_of_that()
    {
        var file = Write("shots.jsonl", JsonLine("a", Picture("one.png", 640, 480)));
        (await CliProcess.RunAsync(Batch(file, "--max-cost", "0.01"))).Exits(4).Says("Uploading 1 file");
        await using var other = await Kling.QuickAsync();

        (await CliProcess.RunAsync(At(other, Batch(file, "--max-cost", "20")))).Exits(0).Says("Uploading 1 file");

        Assert.Equal((0, 1), (Simulator.Submits, other.Submits));
        Assert.StartsWith(other.BaseUrl.ToString(), Submitted(other)["a"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_with_files_that_were_made_again_are_resumed_and_get_files_that_are_there()
    {
        var file = Write("shots.jsonl", JsonLine("a", Picture("one.png", 640, 480)) + Line("b"));
        (await CliProcess.RunAsync(Batch(file))).Exits(0);
        (await CliProcess.RunAsync(Batch(file, "--again", "--max-cost", "0.01"))).Exits(4);
        await using var other = await Kling.QuickAsync();

        (await CliProcess.RunAsync(At(other, Batch(file, "--max-cost", "20")))).Exits(0).Says("4 of 4 jobs of 'shots.jsonl' are done; ");

        Assert.Equal((2, 2), (Simulator.Submits, other.Submits));
        Assert.StartsWith(other.BaseUrl.ToString(), Submitted(other)["a"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_to_be_told_needs_a_secret_and_gets_each_end()
    {
        (await CliProcess.RunAsync(Batch(Shots("a"), "--notify", "https://example.com/"))).Exits(2)
            .Says("--notify: needs a secret in ZOETROPE_WEBHOOK_SECRET: whsec_ and 24 to 64 random bytes in base64");
        var received = 0;
        await using var receiver = new Listener(async (socket, stop) =>
        {
            var connection = new Connection(socket, stop);
            if (await connection.ReadHeadAsync() is not { } head)
                return;
            await connection.ReadBodyAsync(head);
            if (head.Contains("webhook-signature: v1,", StringComparison.OrdinalIgnoreCase))
                Interlocked.Increment(ref received);
            await connection.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        });

        (await CliProcess.RunAsync(
            Batch(Shots("a", "b"), "--notify", receiver.Url.ToString()),
            new Dictionary<string, string> { ["ZOETROPE_WEBHOOK_SECRET"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })).Exits(0);

        Assert.Equal(2, received);
    }

    [Fact]
    public async Task What_was_not_confirmed_is_said_and_sent_by_the_same_command_without_what_is_of_other_batches()
    {
        var isUp = false;
        var confirmed = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var receiver = new Listener(async (socket, stop) =>
        {
            var connection = new Connection(socket, stop);
            if (await connection.ReadHeadAsync() is not { } head)
                return;
            var body = Encoding.UTF8.GetString(await connection.ReadBodyAsync(head));
            if (isUp)
                confirmed.Enqueue(body);
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(isUp ? "204 No Content" : "503 No")}\r\nConnection: close\r\n\r\n"));
        });
        var secret = new Dictionary<string, string> { ["ZOETROPE_WEBHOOK_SECRET"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
        string[] first = Batch(Shots("a", "b"), "--notify", receiver.Url.ToString(), "--batch", "first");
        (await CliProcess.RunAsync(first, secret)).Exits(0)
            .Says("2 notifications are not confirmed by 127.0.0.1 yet: the same command sends what is left.");
        isUp = true;
        (await CliProcess.RunAsync(Batch(Write("second.jsonl", Line("c")), "--notify", receiver.Url.ToString(), "--batch", "second"), secret)).Exits(0);
        Assert.Contains("\"batch\":\"second\"", Assert.Single(confirmed), StringComparison.Ordinal);

        // A notification that has failed is due again after some seconds.
        while (confirmed.Count < 3)
            (await CliProcess.RunAsync(first, secret)).Exits(0);

        Assert.Equal(2, confirmed.Count(body => body.Contains("\"batch\":\"first\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Simulated_jobs_are_posted_to_nobody_who_may_take_them_for_real()
    {
        var secret = new Dictionary<string, string> { ["ZOETROPE_WEBHOOK_SECRET"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };

        string[] simulated = ["batch", Shots("a"), "--model", Kling.Neutral, "--out", Out, "--simulate"];
        (await CliProcess.RunAsync([.. simulated, "--notify", "https://example.com/"], secret)).Exits(2)
            .Says("--notify: simulated jobs are notified only to a URL of this machine");
    }

    private static string JsonLine(string name, string path) =>
        $$"""{"$id":"{{name}}","image_url":{{JsonSerializer.Serialize("@" + path)}},"prompt":"{{name}}"}""" + "\n";

    /// <summary>The same command at another server.</summary>
    private string[] At(MediaSimulator other, string[] command) =>
        [.. command.Select(one => one == Simulator.BaseUrl.ToString() ? other.BaseUrl.ToString() : one)];

    // The header of a PNG is all that is looked at.
    private string Picture(string name, int width, int height)
    {
        var path = Write(name, "");
        byte[] header = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height,
            8, 2, 0, 0, 0, 0, 0, 0, 0];
        File.WriteAllBytes(path, header);
        return path;
    }

    /// <summary>The picture of each prompt that was submitted last.</summary>
    private Dictionary<string, string> Submitted(MediaSimulator? simulator = null)
    {
        var sent = new Dictionary<string, string>();
        foreach (var request in (simulator ?? Simulator).Requests.Where(request => request.Operation == SimulatorOperation.Submit))
        {
            using var document = JsonDocument.Parse(request.Body);
            sent[document.RootElement.GetProperty("prompt").GetString()!] = document.RootElement.GetProperty("image_url").GetString()!;
        }
        return sent;
    }
}
