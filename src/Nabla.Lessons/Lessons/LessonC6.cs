using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonC6
{
    public static Lesson Lesson { get; } = new(
        "C6",
        new("exp, log and ×(−1)", "exp, log, ×(−1)"),
        new("exp's local gradient is its own output, log's is 1/x, and ×(−1) turns the sign.",
            "exp의 국소 기울기는 자기 자신의 출력이고, log는 1/x이며, ×(−1)은 부호를 뒤집습니다."),
        new TextSection(
            """
            **exp** is the function that grows as fast as it is large: its local gradient **is its output**. Whatever comes out in the forward pass is kept and multiplied in
            the backward pass.

            **log** is its inverse, and its local gradient is **1/x**. It is steep for small x: that is why the logarithm of a probability near 0 sends such a strong
            gradient back, and why a network is told off so loudly when it was sure and wrong.

            A **×(−1)** node turns the sign on the way forward and, since its local gradient is −1, also on the way back. A difference a − b is an add gate with a
            ×(−1) before its second input.
            """,
            """
            **exp**는 자기 크기만큼 빨리 커지는 함수입니다. 국소 기울기가 **자기 자신의 출력**입니다. 순전파에서 나온 값을 간직했다가 역전파에서 그대로
            곱하면 됩니다.

            **log**는 그 역함수이며 국소 기울기는 **1/x**입니다. x가 작을수록 가파릅니다. 0에 가까운 확률의 로그가 아주 센 기울기를 돌려보내는 까닭이고,
            확신하면서 틀린 신경망이 크게 혼나는 까닭입니다.

            **×(−1)** 노드는 앞으로 갈 때 부호를 뒤집고, 국소 기울기가 −1이므로 돌아올 때도 뒤집습니다. 뺄셈 a − b는 두 번째 입력 앞에 ×(−1)을 둔 덧셈
            게이트입니다.
            """),
        new GraphSection("x = 1\nf = exp(x)") { Title = "exp" },
        new GraphSection("x = 4\nf = log(x)") { Title = "log" },
        new GraphSection("x = 4\nf = -x") { Title = "×(−1)" },
        new TableSection([new("node", "노드"), "x", "f", "∂f/∂x"], Locals),
        new QuizSection(
            "quiz-1",
            new("An exp node put out 7.389, and the upstream gradient 2 arrives. What goes down?", "exp 노드의 출력은 7.389이고 상류 기울기 2가 도착합니다. 무엇이 내려갈까요?"),
            ["14.778", "2", "4", "7.389"],
            right: 0,
            new("Local gradient = own output: 7.389 · 2 = 14.778.", "국소 기울기가 자기 출력이므로 7.389 · 2 = 14.778입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("All three gates in a row. Three digits are enough.", "세 게이트가 이어집니다. 세 자리까지만 쓰면 됩니다."),
            "x = 0.5\nm = -x\ne = exp(m)\np = e + 1\nf = log(p)",
            Value("m"), Value("e"), Value("f"), Local("f", "p"), Upstream("e"), Local("e", "m"), Upstream("m"), Downstream("x")));

    private static IEnumerable<BilingualText[]> Locals()
    {
        foreach ((string name, Func<Tensor, Tensor> gate) in new (string, Func<Tensor, Tensor>)[]
        {
            ("exp", x => x.Exp()), ("log", x => x.Log()), ("×(−1)", x => -x),
        })
        {
            foreach (double place in new[] { 0.1, 1, 4 })
            {
                Tensor x = place, f = gate(x);
                yield return [name, Written.Text(x), Written.Text(f), Written.Text(f.Backward()[x])];
            }
        }
    }
}
