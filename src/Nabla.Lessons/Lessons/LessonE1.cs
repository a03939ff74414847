namespace Nabla.Lessons;

internal static class LessonE1
{
    public static Lesson Lesson { get; } = new(
        "E1",
        new("Splitting the error by the weights", "가중치에 비례해 오차 나누기"),
        new("Before the chain rule: hand each output's error back to the hidden nodes in proportion to the weights.",
            "연쇄 법칙을 배우기 전의 방법입니다. 출력의 오차를 가중치에 비례해 은닉 노드에 나누어 줍니다."),
        new TextSection(
            """
            An output node was wrong by 1.5. Whose fault is it? Two hidden nodes sent it something, one over a weight of 2, the other over a weight of 3. A simple and fair-sounding rule:
            **split the error in proportion to the weights**, 2/5 of it to the first and 3/5 to the second.

            Each hidden node collects its parts from all outputs. With e₁ = 1.5 and e₂ = 0.5, and weights 1 and 4 into the second output, the first hidden node gets 1.5·2/5 +
            0.5·1/5 = **0.7**, the second 1.5·3/5 + 0.5·4/5 = **1.3**. Together that is 2 again: nothing is lost, the error is only handed out.

            Then the same once more, one layer further back: the hidden errors are now what is split. This is already the shape of backpropagation: errors run from the
            outputs to the inputs, over the same edges as the values, and where several arrive they are added. Only the factor is not yet the right one; that is lesson E2.
            """,
            """
            출력 노드가 1.5만큼 틀렸습니다. 누구 탓일까요? 은닉 노드 둘이 값을 보냈는데 하나는 가중치 2로, 다른 하나는 가중치 3으로 보냈습니다. 간단하고
            공평해 보이는 규칙이 있습니다. 오차를 **가중치에 비례해 나누어** 첫째에게 2/5, 둘째에게 3/5를 주는 것입니다.

            은닉 노드는 모든 출력에서 온 자기 몫을 모읍니다. e₁ = 1.5, e₂ = 0.5이고 둘째 출력으로 가는 가중치가 1과 4이면, 첫째 은닉 노드는 1.5·2/5 + 0.5·1/5 =
            **0.7**, 둘째는 1.5·3/5 + 0.5·4/5 = **1.3**을 받습니다. 더하면 다시 2입니다. 오차는 사라지지 않고 나누어질 뿐입니다.

            그리고 한 계층 더 뒤로 가서 똑같이 합니다. 이번에는 은닉 노드의 오차를 나눕니다. 이미 역전파의 모습입니다. 오차가 출력에서 입력으로, 값과 같은
            에지를 따라 흐르고, 여럿이 도착하는 곳에서는 더해집니다. 다만 곱하는 수가 아직 옳지 않습니다. 그것은 E2에서 배웁니다.
            """),
        new TableSection(
            [new("node", "노드"), new("from the first", "첫째에게서"), new("from the second", "둘째에게서"), new("its error", "오차")],
            Split)
        {
            Title = new("The error on its way back", "거슬러 올라가는 오차"),
        },
        new QuizSection(
            "quiz-1",
            new("An output with error 6 has incoming weights 1 and 2. What part goes to the node with weight 2?",
                "오차가 6인 출력으로 가중치 1과 2가 들어옵니다. 가중치 2인 노드는 얼마를 받을까요?"),
            ["2", "3", "4", "12"],
            right: 2,
            new("6 · 2/(1 + 2) = 4.", "6 · 2/(1 + 2) = 4입니다.")));

    /// <summary>Row: from, column: to, so that w₂₁ (from 2 into 1) stands in row 2, column 1.</summary>
    internal static Tensor InputToHidden => Tensor.From(new double[,] { { 3, 1 }, { 2, 7 } });   // [inputs, hidden]

    internal static Tensor HiddenToOutput => Tensor.From(new double[,] { { 2, 1 }, { 3, 4 } });   // [hidden, outputs]

    internal static Tensor OutputErrors => Tensor.From(1.5, 0.5);                                // [outputs]

    /// <summary>Each weight's part of all the weights that lead into the same node.</summary>
    internal static Tensor Shares(Tensor weights) => weights / weights.Sum(0, keepAxes: true);   // [from, to]

    private static IEnumerable<BilingualText[]> Split()
    {
        Tensor parts = Shares(HiddenToOutput) * OutputErrors, hidden = parts.Sum(1);         // [hidden, outputs], [hidden]
        foreach (BilingualText[] row in Rows(new("hidden", "은닉"), parts, hidden)) yield return row;
        Tensor further = Shares(InputToHidden) * hidden;                                     // [inputs, hidden]
        foreach (BilingualText[] row in Rows(new("input", "입력"), further, further.Sum(1))) yield return row;
    }

    private static IEnumerable<BilingualText[]> Rows(BilingualText name, Tensor parts, Tensor errors)
    {
        double[] each = parts.ToDoubles(), all = errors.ToDoubles();
        for (int node = 0; node < all.Length; node++)
        {
            yield return
            [
                new($"{name.English} {node + 1}", $"{name.Korean} {node + 1}"), Written.Text(each[2 * node]), Written.Text(each[(2 * node) + 1]),
                Written.Text(all[node]),
            ];
        }
    }
}
